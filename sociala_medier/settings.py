"""Every setting, read once from the environment. `.env.example` lists them all."""

import hashlib
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from sociala_medier import municipality

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- What kind of place this is ---------------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY saknas. Sätt miljövariabeln SECRET_KEY till en lång slumpad text, "
            'till exempel från: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    # Good for one process on a developer's machine; logins do not outlive it.
    SECRET_KEY = secrets.token_urlsafe(50)
# Former ones: logins and the sealed token made with them still hold.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)

# --- The municipality -------------------------------------------------------------------------------------------

KOMMUN: str = env.str("KOMMUN", default="Ljusnarsbergs kommun")
# The address where people tell of what does not work for them; the switchboard where it is empty.
KONTAKT: str = env.str("KONTAKT", default="")
# Where people reach this house, as links in letters begin. Without it nothing can be referred to a chef.
ADRESS: str = municipality.address(env.str("ADRESS", default=""))
# When somebody is there. "Inom en arbetsdag" ends when the first working day after the arrival closes.
OPENING_HOURS = municipality.opening_hours(
    env.str("OPPETTIDER", default="8.00-17.00"),
    env.str("HALVDAGAR", default=""),
    env.str("STANGDA_DAGAR", default=""),
)
# What the diary numbers of its own boards begin with.
NAMNDER: tuple[str, ...] = municipality.diary_prefixes(env.str("NAMNDER", default="KS,BUN,SBN,MBN,SN"))

# --- Facebook ---------------------------------------------------------------------------------------------------

GRAPH_URL: str = env.str("GRAPH_URL", default="https://graph.facebook.com")
GRAPH_VERSION: str = env.str("GRAPH_VERSION", default="v26.0")
FACEBOOK_PAGE_ID: str = env.str("FACEBOOK_PAGE_ID", default="")
FACEBOOK_PAGE_TOKEN: str = env.str("FACEBOOK_PAGE_TOKEN", default="")
FACEBOOK_APP_ID: str = env.str("FACEBOOK_APP_ID", default="")
FACEBOOK_APP_SECRET: str = env.str("FACEBOOK_APP_SECRET", default="")
FACEBOOK_VERIFY_TOKEN: str = env.str("FACEBOOK_VERIFY_TOKEN", default="")
# How often what is new is read, in seconds.
PULL_SECONDS: float = env.float("PULL_SECONDS", default=60.0)
# An attachment larger than this many megabytes is not fetched.
BILAGA_MEGABYTE: int = env.int("BILAGA_MEGABYTE", default=100)

# --- Letters to the administrators ------------------------------------------------------------------------------

# Without a mail server the letters wait, and the status page says so.
EMAIL_URL: str = env.str("EMAIL_URL", default="")
EMAIL_CONFIGURED = bool(EMAIL_URL)
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="sociala-medier@localhost")

# --- Django -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sociala_medier",
    "moderation",
    "arkiv",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sociala_medier.static_files.PackedMiddleware",
    "sociala_medier.middleware.PackedPagesMiddleware",
    "sociala_medier.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "sociala_medier.urls"
WSGI_APPLICATION = "sociala_medier.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sociala_medier.context.house",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "moderation.User"
AUTHENTICATION_BACKENDS = ["sociala_medier.login.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- The database -----------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'sociala_medier.sqlite3'}")}
# A new connection costs more than most of what is asked over it.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With IMMEDIATE a transaction takes the write lock when it begins; deferred ones fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A page reads some thousand rows at most. PostgreSQL would start helpers for that, which takes longer than the reading.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c max_parallel_workers_per_gather=0"

# --- Files ------------------------------------------------------------------------------------------------------

STORE_DIR = VAR_DIR / "arkiv"
# Where an uploaded page export waits until it has been read in.
INBOX_DIR = VAR_DIR / "inkommet"
# An export larger than this many megabytes is not taken by the page; manage.py import_history takes any.
HISTORIK_MEGABYTE: int = env.int("HISTORIK_MEGABYTE", default=4096)
# The one door for files writes them straight to INBOX_DIR, and to no other place.
FILE_UPLOAD_HANDLERS = ["moderation.views.inbox.Inbox"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Without a collectstatic step the files are served straight from the apps, packed where the browser takes it.
PACKED_DIR = VAR_DIR / "packat"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Celery -----------------------------------------------------------------------------------------------------

REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task may run, or a running one would be started a second time.
    "visibility_timeout": 900,
    # Kombu's own rhythm looks for abandoned messages only every hundred seconds.
    "unacked_restore_interval": 15,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "fresh"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# Four queues, each with a worker of its own, so that what is new never waits for history, films or paper.
CELERY_TASK_ROUTES = {
    "moderation.tasks.sweep_page": {"queue": "sweep"},
    "moderation.tasks.read_history": {"queue": "sweep"},
    "moderation.tasks.gather_words": {"queue": "sweep"},
    "moderation.tasks.fetch_media": {"queue": "media"},
    "moderation.tasks.*": {"queue": "fresh"},
    # A removal waits for its sheet, which must not wait for a long printout; and the sheet waits for its pictures.
    "arkiv.tasks.make_evidence": {"queue": "media"},
    "arkiv.tasks.purge_evidence": {"queue": "media"},
    "arkiv.tasks.*": {"queue": "arkiv"},
}


def _every(seconds: float, task: str) -> dict[str, object]:
    """What nobody has taken when its turn comes again is forgotten: the rows know what is to be done."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "pull_fresh": _every(PULL_SECONDS, "moderation.tasks.pull_fresh"),
    "take_deliveries": _every(5.0, "moderation.tasks.take_deliveries"),
    "intervene": _every(5.0, "moderation.tasks.intervene"),
    "sweep_page": _every(60.0, "moderation.tasks.sweep_page"),
    "read_history": _every(60.0, "moderation.tasks.read_history"),
    "fetch_media": _every(60.0, "moderation.tasks.fetch_media"),
    "gather_words": _every(60.0, "moderation.tasks.gather_words"),
    "watch_token": _every(60.0, "moderation.tasks.watch_token"),
    "send_letters": _every(60.0, "moderation.tasks.send_letters"),
    "renew_hints": _every(60.0, "moderation.tasks.renew_hints"),
    "wake_parked": _every(60.0, "moderation.tasks.wake_parked"),
    "forget_presence": _every(60.0, "moderation.tasks.forget_presence"),
    "remind_chefs": _every(300.0, "moderation.tasks.remind_chefs"),
    "carry_out_bulk": _every(60.0, "moderation.tasks.carry_out_bulk"),
    "make_evidence": _every(10.0, "arkiv.tasks.make_evidence"),
    "purge_evidence": _every(60.0, "arkiv.tasks.purge_evidence"),
    "print_missing": _every(30.0, "arkiv.tasks.print_missing"),
    "print_due": _every(60.0, "arkiv.tasks.print_due"),
}
CELERY_BEAT_SCHEDULER = "sociala_medier.heartbeat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- Security ---------------------------------------------------------------------------------------------------

# A hash of the key in the cookie's name lets several installations live on one host name.
_place = hashlib.sha256(SECRET_KEY.encode()).hexdigest()[:6]
SESSION_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}session-{_place}"
CSRF_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}csrf-{_place}"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Sub-domains and preloading are decisions for the municipality's whole domain, not for one service on it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

# --- Log --------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"links": {"()": "sociala_medier.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # At DEBUG these write whole addresses and headers, tokens included.
    "loggers": {"urllib3": {"level": "INFO"}, "fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
