"""Django settings. Development works with no variable set; ``env.py`` documents every one."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from guozi.config import env, postgres
from guozi.paths import ROOT

PROFILE = env.profile()
DEBUG = False
SECRET_KEY = env.secret("GUOZI_SECRET_KEY", development="example-city-only-not-for-production")
ALLOWED_HOSTS = [host.strip() for host in (env.read("GUOZI_HOSTS") or "").split(",")]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "procrastinate.contrib.django",
    "guozi.ui",
    "guozi.audit",
    "guozi.access",
    "guozi.jobs",
    "guozi.rulebooks",
    "guozi.registry",
    "guozi.filings",
    "guozi.cockpit",
    "guozi.performance",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "guozi.access.middleware.SecureHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guozi.ui.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guozi.access.middleware.RequestTransaction",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "guozi.config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "guozi.ui.context.shell",
            ],
        },
    }
]


def _database(*, user: str, password: str, host: str, port: str, name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        # Persistent connections are the server's affair; jobs and commands open their own.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c timezone=UTC"},
    }


def _databases() -> dict[str, dict[str, object]]:
    """Return the app role as ``default`` and the owner role as ``owner``."""
    url, owner_url = env.read("DATABASE_URL"), env.read("DATABASE_OWNER_URL")
    if url is None:
        # Reading settings starts nothing: commands that need it call ``postgres.ensure_running``.
        return {
            "default": _database(
                user=postgres.APP, password="", host="", port="", name=postgres.DATABASE
            ),
            "owner": _database(
                user=postgres.OWNER, password="", host="", port="", name=postgres.DATABASE
            ),
        }
    found = {}
    for alias, address in (("default", url), ("owner", owner_url or url)):
        parts = urlsplit(address)
        found[alias] = _database(
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=unquote(parts.hostname or ""),
            port=str(parts.port or ""),
            name=parts.path.lstrip("/"),
        )
    return found


DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # ``access.middleware.RequestTransaction`` does it, with the row context.

AUTH_USER_MODEL = "access.User"
#: ``access`` stands below the registry; this names what it asks for the enterprises of a scope.
ACCESS_SCOPE_RESOLVER = "guozi.registry.selectors.scope_of"
#: The name of the log in its checkpoints, and where its key and the originals of uploads lie.
AUDIT_ORIGIN = "guozi/yunze/log"
STATE_FOLDER = postgres.state_folder()

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "guozi.access.backend.UserBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "access:sign-in"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "guozi.access.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guozi.ui.views.csrf_failure"
if PROFILE == "production":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

CITY_NAME = "云泽市"
CITY_ENGLISH_NAME = "Yunze"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

MEDIA_ROOT = STATE_FOLDER / "files"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
}

LOCALE_PATHS = [ROOT / "src" / "guozi" / "ui" / "locale"]
