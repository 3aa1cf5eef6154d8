"""What the office asks the patient to do: by when, how it stands, and the form that says done."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialog.conversations.queries import Thread
from dialog.portal.without_files import fit_files
from dialog.ui import fields
from dialog.ui.forms import Form


class DoneForm(Form):
    """It is done; a word and files with it where the office takes an answer."""

    text = fields.Words(label=_("Vil du si noe til legekontoret?"), required=False, rows=3)
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=_("Legg ved bilder eller PDF")
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, auto_id="task_%s")


def task_part(thread: Thread, form: Form | None) -> dict[str, Any]:
    """What the page of a conversation draws of its task; nothing of one that is taken back."""
    task = thread.task
    if task is None or task.taken_back:
        return {}
    if not task.waits:
        return {"task": task}
    done = form if isinstance(form, DoneForm) else DoneForm()
    if thread.may_write:
        done.fields["text"].counted = thread.longest  # type: ignore[attr-defined]  # a Words field
        fit_files(done, taken=thread.attachments_allowed)
    else:
        del done.fields["text"], done.fields["files"]
    return {"task": task, "task_form": done}
