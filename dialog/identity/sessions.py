"""Sessions in the database, as Django keeps them, found by a statement written by hand."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from dialog.statements import ask_one

FIND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """What a browser's cookie is the key to; looked up in every request."""

    def _get_session_from_db(self) -> Any:
        found = ask_one(FIND, self.session_key, timezone.now())
        if found is None:
            self._session_key = None
            return None
        return self.model(session_key=str(self.session_key), session_data=found[0])
