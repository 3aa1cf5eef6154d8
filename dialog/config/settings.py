"""All settings, read from the environment; production unless told otherwise."""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from dialog.config import acting_for, databases, maskinporten, registers, scanning, sign_in
from dialog.config.environment import flag, number, one_of, pairs, secret, text, words

PACKAGE = Path(__file__).resolve().parent.parent

DEMONSTRATION = flag("DIALOG_DEMONSTRATION")
DEBUG = False
SECRET_KEY = secret("SECRET_KEY")
IDENTITY_HASH_KEY = secret("IDENTITY_HASH_KEY")
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PORT = number("PORT", 8000, least=1, most=65535)

INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "dialog.content",
    "dialog.ledger",
    "dialog.people",
    "dialog.conversations",
    "dialog.appointments",
    "dialog.renewals",
    "dialog.econsultations",
    "dialog.enquiries",
    "dialog.identity",
    "dialog.portal",
    "dialog.workspace",
    "dialog.notifications",
    "dialog.oversight",
    "dialog.breaches",
    "dialog.interop",
    "dialog.ui",
]

MIDDLEWARE = [
    "dialog.config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dialog.ui.middleware.ContentSecurityPolicy",
    "dialog.identity.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dialog.identity.middleware.WhoActs",
    "dialog.identity.middleware.ReadersLanguage",
    "dialog.ui.upload_limits.NoMoreThanAForm",
    "dialog.identity.rates.NotTooFast",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dialog.identity.middleware.NoLongerForThem",
    "dialog.identity.middleware.SameClickOnce",
    "dialog.portal.consenting.SaysYes",
    "dialog.ui.middleware.DialogErrors",
]

ROOT_URLCONF = "dialog.config.urls"
WSGI_APPLICATION = "dialog.config.wsgi.application"
LOGIN_URL = "/logg-inn"
HEALTH_URL = "/health"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": ["dialog.ui.folding.Loader"],
            "builtins": ["django.templatetags.i18n", "dialog.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "dialog.ui.context.page",
            ],
        },
    }
]

FORM_RENDERER = "dialog.ui.widgets.ByHand"

PROCESS = one_of("DIALOG_PROCESS", "owner", ("owner", "web", "relay"))
DATABASES = {"default": databases.of_process(PROCESS)}

SESSION_ENGINE = "dialog.identity.sessions"
SESSION_COOKIE_AGE = number("SESSION_MINUTES", 60, least=5) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("HTTPS_ONLY", not DEMONSTRATION)
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # the forms bring it; no script reads it
CSRF_FAILURE_VIEW = "dialog.ui.views.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
BEHIND_PROXY = flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ACTS_A_MINUTE_PATIENT = number("ACTS_A_MINUTE_PATIENT", 30, least=1)
ACTS_A_MINUTE_PRACTICE = number("ACTS_A_MINUTE_PRACTICE", 240, least=1)
COPIES_AN_HOUR_PATIENT = number("COPIES_AN_HOUR_PATIENT", 5, least=1)
REQUESTS_A_MINUTE_SIGNED_OUT = number("REQUESTS_A_MINUTE_SIGNED_OUT", 120, least=1)
NEW_MATTERS_A_DAY = number("NEW_MATTERS_A_DAY", 20, least=1)

# In which services parents act for children of twelve to fifteen; what is kept from them within
# these, is kept item by item.
PARENTS_OF_OLDER_CHILDREN = acting_for.parents_of_older_children()
# How old an answer of the population register may be for somebody to begin acting for another, to
# go on doing so, and to be told by SMS of what concerns them.
REGISTER_TO_BEGIN = timedelta(minutes=number("REGISTER_MINUTES_TO_BEGIN", 60, least=1))
REGISTER_TO_GO_ON = timedelta(hours=number("REGISTER_HOURS_TO_GO_ON", 24, least=1))
REGISTER_TO_TELL = timedelta(hours=number("REGISTER_HOURS_TO_TELL", 24, least=1))
# How old an answer of the health-personnel register may be for somebody to work by it, and how old
# it is when it is asked again.
PERSONNEL_TO_WORK = timedelta(hours=number("PERSONNEL_REGISTER_HOURS_TO_WORK", 72, least=1))
PERSONNEL_TO_ASK = timedelta(hours=number("PERSONNEL_REGISTER_HOURS_TO_ASK", 12, least=1))
# How old an answer of the GP register is when it is asked again: at sign-in, and by the relay.
GP_TO_ASK_AT_SIGN_IN = timedelta(hours=number("GP_REGISTER_HOURS_AT_SIGN_IN", 24, least=1))
GP_TO_ASK = timedelta(hours=number("GP_REGISTER_HOURS_TO_ASK", 168, least=1))
PERSONNEL_AUTHORISATIONS = words("PERSONNEL_AUTHORISATIONS", "1,2,4,14,17,18")
CONTACT_REGISTER = registers.contact_register()
REGISTERS = registers.access()

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(PACKAGE / "collected")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": text("STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}

WEB_THREADS = number("WEB_THREADS", 2, least=1)

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "dialog.ui.upload_limits.NoMoreThanAFile",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

PORTS = {
    "SMS": text("SMS_ADAPTER", "dialog.adapters.sms_console.ConsoleSms"),
    "IDENTITY": text("IDENTITY_ADAPTER", "dialog.adapters.personas.Personas"),
    "BLOBS": text("BLOB_ADAPTER", "dialog.adapters.blobs.DatabaseBlobs"),
    "SCANNER": scanning.scanner_adapter(demonstration=DEMONSTRATION),
    "OFFERED_TIMES": text("OFFERED_TIMES_ADAPTER", "dialog.adapters.offered_times.Published"),
    "MEDICATION": text("MEDICATION_ADAPTER", "dialog.adapters.medication.PracticeList"),
    "MESSAGE_TRANSPORT": text("BUS_ADAPTER", "dialog.adapters.amqp.AmqpTransport"),
    "ADDRESS_REGISTRY": text(
        "ADDRESS_REGISTRY_ADAPTER", "dialog.adapters.registries.from_settings"
    ),
    "MESSAGE_PROTECTION": text("MESSAGE_PROTECTION_ADAPTER", "dialog.adapters.cms.from_settings"),
    "CONTENT_CIPHER": text("CONTENT_CIPHER_ADAPTER", "dialog.adapters.content_cipher.AesGcm"),
    "CONTENT_KEYS": text("CONTENT_KEYS_ADAPTER", "dialog.adapters.content_keys.KeyFile"),
    **registers.adapters(),
    "SEAL_KEYS": text("SEAL_KEYS_ADAPTER", "dialog.adapters.seal_keys.KeyFile"),
    "SEAL_HEADS": text("SEAL_HEADS_ADAPTER", "dialog.adapters.seal_heads.HeadFile"),
}
CLAMD_ADDRESS = scanning.clamd_address()
FILES_ARE_UNSCANNED = PORTS["SCANNER"] == scanning.OWN_CHECKS_ONLY
# Our own address as people and providers know it, and how both sides sign in.
PUBLIC_URL = text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SIGN_IN_KEYS_DIR = text("SIGN_IN_KEYS_DIR", "var/sign-in-keys")
SIGN_IN = sign_in.providers()
sign_in.check(
    SIGN_IN,
    adapter=PORTS["IDENTITY"],
    demonstration=DEMONSTRATION,
    site=PUBLIC_URL,
    keys=SIGN_IN_KEYS_DIR if PROCESS == "web" else "",
)
MASKINPORTEN = maskinporten.maskinporten()
maskinporten.check(
    MASKINPORTEN, REGISTERS, demonstration=DEMONSTRATION, needs_keys=PROCESS != "owner"
)
# Outside the database; whoever seals or verifies says so where they are not named.
SEAL_KEY_FILE = text("SEAL_KEY_FILE", "")
CONTENT_KEYS_FILE = text("CONTENT_KEYS_FILE", "")
# How long things are kept, where an operator says otherwise than we do (dialog/retention.csv).
RETENTION_FILE = text("RETENTION_FILE", "")
SEAL_HEADS_FILE = text("SEAL_HEADS_FILE", "")
# Who we are on the national message bus: our own communication party, and the enterprise above it.
HER_ID = number("HER_ID", 0, most=2**31 - 1)
HER_ENTERPRISE = number("HER_ENTERPRISE", 0, most=2**31 - 1)
HER_NAME = text("HER_NAME", "Digital dialog")
CODES_DIR = text("DIALOG_CODES_DIR", "")
PROFILES_DIR = text("PROFILES_DIR", "")
SMS_URL = text("SMS_URL", "")
SMS_TOKEN = text("SMS_TOKEN", "")
SMS_SENDER = text("SMS_SENDER", "Legekontor")
SMS_SCHEME = text("SMS_SCHEME", "Bearer")
SMS_FORMAT = one_of("SMS_FORMAT", "json", ("json", "form"))
SMS_FIELDS = pairs("SMS_FIELDS", "to={to},from={sender},text={text},reference={reference}")
SMS_RECEIPT_SECRET = text("SMS_RECEIPT_SECRET", "")
SMS_RECEIPT_HEADER = text("SMS_RECEIPT_HEADER", "X-Signature")
SMS_RECEIPT_REFERENCE = text("SMS_RECEIPT_REFERENCE", "reference")
SMS_RECEIPT_STATUS = text("SMS_RECEIPT_STATUS", "status")
SMS_RECEIPT_DELIVERED = words("SMS_RECEIPT_DELIVERED", "delivered,delivrd")
SMS_RECEIPT_FAILED = words("SMS_RECEIPT_FAILED", "failed,undelivered,undeliv,expired,rejected")
if PORTS["SMS"].endswith(".HttpSms") and not SMS_URL:
    raise ImproperlyConfigured("Set SMS_URL: where the SMS gateway takes messages.")
if not DEMONSTRATION and PORTS["SMS"].endswith(".ConsoleSms"):
    raise ImproperlyConfigured(
        "SMS on the terminal reach nobody: only for a demonstration. Set "
        "SMS_ADAPTER=dialog.adapters.sms_http.HttpSms and SMS_URL, or DIALOG_DEMONSTRATION=1."
    )

BUS_URL = text("BUS_URL", "")
BUS_USER = text("BUS_USER", "")
BUS_PASSWORD = text("BUS_PASSWORD", "")
BUS_CA_FILE = text("BUS_CA_FILE", "")
BUS_REPLY_QUEUE = text("BUS_REPLY_QUEUE", "")
BUS_SYSTEM_IDENTIFIER = text("BUS_SYSTEM_IDENTIFIER", "")
BUS_ADDRESS_FORM = text("BUS_ADDRESS_FORM", "{queue}")
BUS_ONE_CONNECTION_PER_RECEIVER = flag("BUS_ONE_CONNECTION_PER_RECEIVER")
BUS_KNOWS_MODIFIED = flag("BUS_KNOWS_MODIFIED", True)
if "{queue}" not in BUS_ADDRESS_FORM:
    raise ImproperlyConfigured("BUS_ADDRESS_FORM must have {queue} in it.")
ADDRESS_REGISTRY_DIR = text("ADDRESS_REGISTRY_DIR", "var/registry")
MESSAGE_KEYS_DIR = text("MESSAGE_KEYS_DIR", "var/message-keys")
MESSAGE_KEYS_PASSWORD = text("MESSAGE_KEYS_PASSWORD", "")
MESSAGE_TRUST_DIR = text("MESSAGE_TRUST_DIR", "var/message-trust")
MESSAGE_OLD_CIPHERS = flag("MESSAGE_OLD_CIPHERS")
MESSAGE_REVOCATION = one_of("MESSAGE_REVOCATION", "http", ("http", "none"))
if not DEMONSTRATION and MESSAGE_REVOCATION == "none":
    raise ImproperlyConfigured(
        "Certificates that are called back must be found out: MESSAGE_REVOCATION=none is only for "
        "a demonstration."
    )
if not DEMONSTRATION and PORTS["MESSAGE_PROTECTION"].endswith(".MemoryProtection"):
    raise ImproperlyConfigured(
        "MemoryProtection protects nothing: only for a demonstration. Set "
        "MESSAGE_PROTECTION_ADAPTER=dialog.adapters.cms.from_settings, or DIALOG_DEMONSTRATION=1."
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "dialog.config.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dialog": {"level": text("LOG_LEVEL", "INFO")}},
}
