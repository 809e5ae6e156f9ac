"""One settings file; every choice of an installation comes from the environment by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from chungtay import catalogue, environment

environment.prefer_safe_sqlite()

PACKAGE = Path(__file__).resolve().parent
DATA_FOLDER = environment.data_folder()
SECRET_KEY = environment.secret(DATA_FOLDER, "session.key").hex()
PERSONAL_DATA_KEY = environment.secret(DATA_FOLDER, "personal.key")

DEBUG = False
ALLOWED_HOSTS = [
    host
    for host in os.environ.get("CHUNGTAY_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if host
]
BEHIND_TLS = environment.flag("CHUNGTAY_TLS")
IDLE_MINUTES = environment.whole_number("CHUNGTAY_IDLE_MINUTES", 15)
LARGEST_UPLOAD_BYTES = environment.whole_number("CHUNGTAY_UPLOAD_MB", 20) * 1024 * 1024
DEMO = environment.flag("CHUNGTAY_DEMO")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "chungtay.acts",
    "chungtay.places",
    "chungtay.staff",
    "chungtay.measures",
    "chungtay.tasks",
    "chungtay.households",
    "chungtay.plans",
    "chungtay.reports",
    "chungtay.supervision",
    "chungtay.sync",
    "chungtay.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chungtay.web.headers.SafeHeaders",
    "chungtay.web.language.SpeaksByCookie",
    "chungtay.web.uploads.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chungtay.web.language.SpeaksByAccount",
    "chungtay.web.doors.IdleLock",
    "chungtay.web.doors.LoginFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "chungtay.urls"
WSGI_APPLICATION = "chungtay.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "chungtay.web.templating.environment"},
    }
]


def _database() -> dict[str, Any]:
    address = os.environ.get("CHUNGTAY_POSTGRESQL", "")
    if address:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("CHUNGTAY_POSTGRESQL_NAME", "chungtay"),
            "HOST": address,
            "PORT": os.environ.get("CHUNGTAY_POSTGRESQL_PORT", ""),
            "USER": os.environ.get("CHUNGTAY_POSTGRESQL_USER", "postgres"),
            "PASSWORD": os.environ.get("CHUNGTAY_POSTGRESQL_PASSWORD", ""),
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_FOLDER / "chungtay.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "chungtay_language"
LOCALE_PATHS = [catalogue.compiled(DATA_FOLDER / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = environment.private_folder(DATA_FOLDER, "tmp")

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["chungtay.staff.passwords.ModestArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "chungtay.staff.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "chungtay.staff.passwords.NotCommon"},
    {"NAME": "chungtay.staff.passwords.NotTheName"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
AXES_FAILURE_LIMIT = 5
AXES_HANDLER = "chungtay.staff.lockout.GrowingLock"
AXES_COOLOFF_TIME = 24  # hours wrong tries are remembered; how long they lock is the handler's
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "chungtay.web.doors.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["password", "username"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_NAME = "chungtay"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "chungtay.web.doors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W004"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "chungtay.environment.WithoutValues",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
MESSAGE_TAGS = {25: "done", 30: "needs"}
