"""What a plan asks of offices, proposed as tasks and opened in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.queries import villages_of
from chungtay.plans.due_days import due_of
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.tasking import has_tasks, open_from_plan, proposals_of, tasks_of_plan
from chungtay.tasks.models import Recurrence, Rule, Task
from chungtay.tasks.queries import posts_to_ask
from chungtay.tasks.services import TaskInput, withdraw_task

pytestmark = pytest.mark.database
YEAR, JANUARY = 2024, date(2024, 1, 2)
REPORT = "báo cáo kết quả triển khai thực hiện định kỳ 6 tháng và hằng năm về UBND xã"
SENTENCE = (
    "Các thôn báo cáo kết quả triển khai thực hiện định kỳ 6 tháng (trước ngày 20/6) "
    "và hằng năm (trước ngày 10/12) về UBND xã."
)


@pytest.fixture
def plan(quang_trung):
    return Plan.objects.create(unit=quang_trung, year=YEAR, subject="Giảm nghèo", content={})


@pytest.fixture
def staff(quang_trung, hire):
    """Who works there: the officer, the accountant, the Front, the two village heads."""
    villages = villages_of(quang_trung, JANUARY).filter(name__in=("Thôn 1", "Thôn 2"))
    return {
        "officer": hire("officer", quang_trung),
        "finance": hire("finance_officer", quang_trung),
        "front": hire("front", quang_trung),
        "heads": [hire("village_head", one) for one in villages],
    }


def duty(plan, at, offices, text, role="lead", number="1"):
    return PlanDuty.objects.create(
        plan=plan, position=at, number=number, offices=offices, role=role, text=text
    )


def deadline(plan, at, **given):
    return PlanDeadline.objects.create(
        plan=plan, position=at, **{"who": "Các thôn", "what": REPORT} | given
    )


def proposed(plan, on=JANUARY):
    return proposals_of(plan, posts_to_ask(plan.unit, on), on)


def given_by(proposal):
    return TaskInput(
        title=proposal.title,
        due_on=proposal.due.on,
        lead=proposal.who.lead,
        cooperating=proposal.who.cooperating,
        rule=proposal.due.rule,
        subject_key=proposal.subject_key,
    )


def test_offices_of_the_text_are_the_posts_of_the_place(plan, staff) -> None:
    for at, office in enumerate(
        (
            "Công chức Văn hóa – Xã hội (Lao động – Thương binh và Xã hội)",
            "Công chức Tài chính- Kế toán xã",
            "UBMTTQ xã",
            "Công chức Địa chính nông nghiệp",
        ),
        1,
    ):
        duty(plan, at, [office], f"Việc thứ {at}.")
    leads = [one.who.lead for one in proposed(plan)]
    assert [getattr(one, "role", one) for one in leads] == [
        "officer",
        "finance_officer",
        "front",
        "Công chức Địa chính nông nghiệp",
    ]


def test_the_first_office_leads_and_others_cooperate(plan, staff) -> None:
    duty(plan, 1, ["UBMTTQ xã", "các đoàn thể", "Công chức Tài chính - Kế toán"], "Vận động.")
    [one] = proposed(plan)
    assert one.who.lead.role == "front"
    assert [getattr(to, "role", to) for to in one.who.cooperating] == [
        "các đoàn thể",
        "finance_officer",
    ]


def test_an_office_that_means_several_leads_by_name_and_each_cooperates(plan, staff) -> None:
    duty(plan, 1, ["Thôn trưởng các thôn"], "Phối hợp với ban, ngành của xã.", "cooperate")
    [one] = proposed(plan)
    assert one.who.lead == "Thôn trưởng các thôn"
    assert [to.unit.name for to in one.who.cooperating] == ["Thôn 1", "Thôn 2"]


def test_a_post_named_in_the_sentence_cooperates(plan, staff) -> None:
    posts = posts_to_ask(plan.unit, JANUARY)
    finance = next(one for one in posts if one.role == "finance_officer")
    duty(
        plan,
        1,
        ["Công chức Văn hóa – Xã hội"],
        f"Chủ trì, phối hợp với {finance.title} lập dự toán.",
    )
    [one] = proposed(plan)
    assert one.who.cooperating == (finance,)


def test_a_deadline_in_the_sentence_of_a_duty_is_its_due_day(plan, staff) -> None:
    one = duty(plan, 1, ["Các thôn"], SENTENCE, "report", "7")
    deadline(plan, 1, due="2024-06-20", comparator="before", recurrence="six_monthly")
    deadline(plan, 2, due="2024-12-10", comparator="before", recurrence="yearly")
    found = proposed(plan)
    assert [(p.duty, p.due.on, p.due.rule, p.due.recurrence) for p in found] == [
        (one, date(2024, 6, 20), Rule.BEFORE, Recurrence.ONCE),
        (one, date(2024, 12, 10), Rule.BEFORE, Recurrence.ONCE),
    ]


def test_a_duty_without_a_day_is_due_with_the_year_and_says_so(plan, staff) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Vận động ủng hộ Quỹ Vì người nghèo.")
    [one] = proposed(plan)
    assert (one.due.on, one.due.stated) == (date(2024, 12, 31), False)


@pytest.mark.parametrize(
    ("due", "comparator", "recurrence", "on", "wanted"),
    [
        ("2024-05-30", "on_or_before", "", JANUARY, (date(2024, 5, 30), Rule.ON_OR_BEFORE, "once")),
        ("2024-09", "in", "", JANUARY, (date(2024, 9, 30), Rule.ON_OR_BEFORE, "once")),
        ("2024-09", "before", "", JANUARY, (date(2024, 9, 1), Rule.BEFORE, "once")),
        ("2022/2025", "in", "", JANUARY, (date(2025, 12, 31), Rule.ON_OR_BEFORE, "once")),
        ("2024-03-01", "from", "", JANUARY, (date(2024, 12, 31), Rule.ON_OR_BEFORE, "once")),
        ("", "", "quarterly", JANUARY, (date(2024, 3, 31), Rule.ON_OR_BEFORE, "quarterly")),
        (
            "",
            "",
            "quarterly",
            date(2024, 8, 1),
            (date(2024, 9, 30), Rule.ON_OR_BEFORE, "quarterly"),
        ),
        ("", "", "quarterly", date(2024, 12, 1), (date(2024, 12, 31), Rule.ON_OR_BEFORE, "once")),
        (
            "",
            "",
            "quarterly",
            date(2025, 3, 1),
            (date(2024, 3, 31), Rule.ON_OR_BEFORE, "quarterly"),
        ),
        ("2024-01-20", "before", "monthly", JANUARY, (date(2024, 1, 20), Rule.BEFORE, "monthly")),
        ("", "", "yearly", JANUARY, (date(2024, 12, 31), Rule.ON_OR_BEFORE, "once")),
    ],
)
def test_a_deadline_becomes_a_due_day(due, comparator, recurrence, on, wanted) -> None:
    row = PlanDeadline(due=due, comparator=comparator, recurrence=recurrence, what="báo cáo")
    found = due_of(row, YEAR, on)
    assert (found.on, found.rule, found.recurrence) == wanted
    assert (found.until is None) == (found.recurrence == Recurrence.ONCE)


def test_no_title_names_a_household(plan, staff) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Hỗ trợ xây nhà cho hộ bà Lò Thị Mẫu (thôn 4).", number="3.5")
    [one] = proposed(plan)
    assert one.title == "Nhiệm vụ mục 3.5 của kế hoạch"


def test_what_was_chosen_opens_once_in_one_act(plan, staff, acting) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Vận động ủng hộ.")
    duty(plan, 2, ["Công chức Tài chính - Kế toán"], "Bố trí ngân sách.")
    officer = acting(staff["officer"])
    chosen = [given_by(one) for one in proposed(plan)]
    lines = JournalLine.objects.filter(act="plans.open_tasks").count()
    done = open_from_plan(actor=officer, plan=plan, chosen=chosen[:1], link="/ke-hoach/1")
    assert done == {"opened": 1, "known": 0}
    again = open_from_plan(actor=officer, plan=plan, chosen=chosen, link="/ke-hoach/1")
    assert again == {"opened": 1, "known": 1}
    assert Task.objects.count() == 2
    assert JournalLine.objects.filter(act="plans.open_tasks").count() == lines + 2
    found = tasks_of_plan(plan, Task.objects.all())
    assert sorted(found) == sorted(one.subject_key for one in chosen)
    assert {task.link for some in found.values() for task in some} == {"/ke-hoach/1"}
    parts = {
        part.post.role: part.ordered for task in Task.objects.all() for part in task.parts.all()
    }
    assert parts == {"front": False, "finance_officer": True}


def test_all_are_opened_or_none(plan, staff, acting) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Vận động ủng hộ.")
    duty(plan, 2, ["Công chức Tài chính - Kế toán"], "Bố trí ngân sách.")
    good, other = (given_by(one) for one in proposed(plan))
    bad = replace(other, recurrence="monthly", until=date(2023, 1, 1))
    with pytest.raises(Refused, match="Hãy xem lại hai ngày"):
        open_from_plan(actor=acting(staff["officer"]), plan=plan, chosen=[good, bad], link="")
    assert not has_tasks(plan)


def test_a_withdrawn_task_is_not_opened_again(plan, staff, acting) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Vận động ủng hộ.")
    officer = acting(staff["officer"])
    chosen = [given_by(one) for one in proposed(plan)]
    open_from_plan(actor=officer, plan=plan, chosen=chosen, link="")
    task = Task.objects.select_related("unit").get()
    withdraw_task(actor=officer, task=task, reason="Nhầm", expected_version=task.version)
    assert open_from_plan(actor=officer, plan=plan, chosen=chosen, link="")["opened"] == 0


def test_nothing_chosen_and_what_is_not_of_the_plan_are_refused(plan, staff, acting) -> None:
    officer = acting(staff["officer"])
    with pytest.raises(Refused, match="Chưa chọn việc nào"):
        open_from_plan(actor=officer, plan=plan, chosen=[], link="")
    foreign = TaskInput("Việc lạ", JANUARY, "Trạm Y tế", subject_key=f"plan:{plan.pk}0:duty:1")
    with pytest.raises(Refused, match="không thuộc kế hoạch này"):
        open_from_plan(actor=officer, plan=plan, chosen=[foreign], link="")


def test_who_may_not_open_tasks_opens_none(plan, staff, acting) -> None:
    duty(plan, 1, ["UBMTTQ xã"], "Vận động ủng hộ.")
    chosen = [given_by(one) for one in proposed(plan)]
    for name in ("front", "finance"):
        with pytest.raises(NotAllowed):
            open_from_plan(actor=acting(staff[name]), plan=plan, chosen=chosen, link="")
    assert not has_tasks(plan)
