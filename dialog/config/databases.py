"""Which database a process uses, and how it asks."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dialog.config.environment import text


def of_process(process: str) -> dict[str, object]:
    """The database, as the role of this process: by an address of its own, or by taking it on."""
    own = text(f"DATABASE_URL_{process.upper()}", "") if process != "owner" else ""
    return database(
        own or text("DATABASE_URL"),
        role="" if own or process == "owner" else f"dialog_{process}",
        process=process,
    )


def database(url: str, *, role: str, process: str) -> dict[str, object]:
    """A Django database from a PostgreSQL URL; ``role`` is taken on when the URL is the owner's.

    In processes that last, each thread keeps its connection, and with it the plans of what it asks.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    # A statement asked again is not planned again: with row security, planning costs more than
    # looking the rows up. Nor, for pages, for each value it is asked with: the rows are found by
    # key. The relay finds many by what state they are in, and PostgreSQL may look at that.
    options: dict[str, object] = {
        **query,
        "client_encoding": "UTF8",
        "server_side_binding": True,
        "prepare_threshold": 3,
    }
    given = [f"-c role={role}"] if role else []
    given += ["-c plan_cache_mode=force_generic_plan"] if process == "web" else []
    options["options"] = " ".join([*given, query.get("options", "")])
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    return {
        "ENGINE": "dialog.adapters.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if process == "owner" else 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
