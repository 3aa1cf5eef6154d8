"""How we are let in at the national registers, as the settings say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where a register answers, and how we are let in there: with what is sent as Authorization as
    it is, or with a token from Maskinporten of a ``scope``; for a ``resource`` and as another
    client than elsewhere, where the register wants it.
    """

    url: str = ""
    authorization: str = ""
    scope: str = ""
    resource: str = ""
    client_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMaskinporten:
    """Who Maskinporten is, what we are called there, for whom we ask when it is not for ourselves,
    and where our keys lie.
    """

    issuer: str
    client_id: str
    consumer_org: str
    keys: str
