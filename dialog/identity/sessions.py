"""Sessions in the database, found by a statement written by hand, and ended from elsewhere too.

Django's own way, with columns beside the sealed words: whoever leaves everywhere, locks their
access or is signed out by the provider is out of every browser at the next click. The columns are
filled from the session itself, so they follow it when its key is changed.
"""

import hashlib
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends import db
from django.db.models import Q
from django.utils import timezone

from dialog.statements import ask_one

ACCOUNT, SIDE, ACTING_FOR, PRACTICE = "account", "side", "acting_for", "practice"
PROOF = "proof"
FIND = "SELECT session_data FROM identity_session WHERE session_key = %s AND expire_date > %s"


def provider_digest(issuer: str, word: str) -> str:
    """What we remember of a provider's word for a session or a person: no more than its digest."""
    return hashlib.sha256(f"{issuer}\0{word}".encode()).hexdigest() if word else ""


class SessionStore(db.SessionStore):
    """What a browser's cookie is the key to; looked up in every request."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Our own rows, which name this class in their turn."""
        return apps.get_model("identity", "Session")

    def _get_session_from_db(self) -> Any:
        found = ask_one(FIND, self.session_key, timezone.now())
        if found is None:
            self._session_key = None
            return None
        return self.model(session_key=str(self.session_key), session_data=found[0])

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """A row with the columns it is found by."""
        made: Any = super().create_model_instance(data)
        proof = data.get(PROOF) or {}
        made.account_id = data.get(ACCOUNT)
        made.provider_session = bytes.fromhex(proof.get("session", "")) or None
        made.provider_subject = bytes.fromhex(proof.get("subject", "")) or None
        return made


def end_all_of(account_id: int) -> None:
    """Sign somebody out in every browser."""
    SessionStore.get_model_class().objects.filter(account_id=account_id).delete()


def end_at_provider(*, session: str, subject: str) -> list[dict[str, Any]]:
    """End what belongs to a session at the provider, or to all of a person's when it names none;
    what was in them.
    """
    if not session and not subject:
        return []
    theirs = Q(provider_session=bytes.fromhex(session)) if session else Q()
    if subject:
        theirs &= Q(provider_subject=bytes.fromhex(subject))
    found = list(SessionStore.get_model_class().objects.filter(theirs).select_for_update())
    for one in found:
        one.delete()
    return [one.get_decoded() for one in found]
