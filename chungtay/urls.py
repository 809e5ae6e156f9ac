"""Every address of the application, by name."""

from __future__ import annotations

from django.urls import URLPattern, path

from chungtay.web import doors, language
from chungtay.web.cascade import urls as cascade
from chungtay.web.duplicates import urls as duplicates
from chungtay.web.entrance import views as entrance
from chungtay.web.imports import urls as imports
from chungtay.web.journal import urls as journal
from chungtay.web.law import urls as law
from chungtay.web.life import urls as life
from chungtay.web.measures import urls as measures
from chungtay.web.nominations import urls as nominations
from chungtay.web.papers import urls as papers
from chungtay.web.places import urls as places
from chungtay.web.plan import urls as plan
from chungtay.web.reading import urls as reading
from chungtay.web.register import urls as register
from chungtay.web.reports import urls as reports
from chungtay.web.sheets import urls as sheets
from chungtay.web.staff import urls as staff
from chungtay.web.supervision import urls as supervision
from chungtay.web.tasks import urls as tasks
from chungtay.web.today import views as today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("dang-nhap", entrance.log_in, name="login"),
    path("dang-xuat", entrance.log_out, name="logout"),
    path("ngon-ngu", language.choose_words, name="language"),
    path("noi-va-nam", entrance.choose, name="choose"),
    *life.urlpatterns,
    *register.urlpatterns,
    *duplicates.urlpatterns,
    *imports.urlpatterns,
    *plan.urlpatterns,
    *reading.urlpatterns,
    *cascade.urlpatterns,
    *reports.urlpatterns,
    *papers.urlpatterns,
    *tasks.urlpatterns,
    *supervision.urlpatterns,
    *sheets.urlpatterns,
    *nominations.urlpatterns,
    *places.urlpatterns,
    *journal.urlpatterns,
    *staff.urlpatterns,
    *law.urlpatterns,
    *measures.urlpatterns,
]

handler400 = doors.unreadable
handler403 = doors.forbidden
handler404 = doors.missing
handler500 = doors.broken
