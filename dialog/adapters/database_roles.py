"""The three database roles, and the database they share: owner, web and relay.

None of them is a superuser or above row security. The owner changes tables, the web server and the
relay only rows.
"""

import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER, WEB, RELAY = ROLES = ("dialog_owner", "dialog_web", "dialog_relay")
ABOVE = (
    "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles"
    " WHERE rolname = ANY(%s)"
)
ORDINARY = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
SET_ONLY = 160000  # since PostgreSQL 16 a member may take on a role without inheriting from it


def make_roles(connection: psycopg.Connection) -> list[str]:
    """Make the roles that are not there, and hold all to what they may be; the new ones' names."""
    rows = connection.execute(ABOVE, [list(ROLES)]).fetchall()
    above = dict[str, bool](rows)
    for role in ROLES:
        named = sql.Identifier(role)
        if role not in above:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(named))
        elif above[role]:
            connection.execute(sql.SQL("ALTER ROLE {} " + ORDINARY).format(named))
    how = " WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= SET_ONLY else ""
    for role in (WEB, RELAY):
        connection.execute(
            sql.SQL("GRANT {role} TO {owner}{how}").format(
                role=sql.Identifier(role), owner=sql.Identifier(OWNER), how=sql.SQL(how)
            )
        )
    return [role for role in ROLES if role not in above]


def make_database(connection: psycopg.Connection, name: str, *, template: str = "") -> None:
    """Make the owner's database unless it is there."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    connection.execute(
        sql.SQL("CREATE DATABASE {name} OWNER {owner}{copied}").format(
            name=sql.Identifier(name), owner=sql.Identifier(OWNER), copied=copied
        )
    )


def prepare(admin_url: str, *, database: str) -> dict[str, str]:
    """Make roles and database on a server elsewhere; the addresses of the roles that are new."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        new = make_roles(connection)
        if connection.info.parameter_status("is_superuser") != "on":
            # Only a member may make a database for somebody else.
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
        make_database(connection, database)
        return {role: _with_password(connection, admin_url, role, database) for role in new}


def _with_password(connection: psycopg.Connection, admin_url: str, role: str, name: str) -> str:
    password = secrets.token_urlsafe(24)
    connection.execute(
        sql.SQL("ALTER ROLE {role} PASSWORD {password}").format(
            role=sql.Identifier(role), password=sql.Literal(password)
        )
    )
    parts = urlsplit(admin_url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(password)}@{where}", path=f"/{name}"))


def missing(url: str) -> list[str]:
    """Which of the roles a server lacks."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        rows = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)]
        ).fetchall()
    return [role for role in ROLES if role not in {name for (name,) in rows}]
