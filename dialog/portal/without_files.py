"""A form whose office takes no files just now: the words stay, and the writer is told."""

from django.forms import Form

from dialog.conversations import texts


def fit_files(form: Form, *, taken: bool) -> None:
    """Leave the files out of a form that cannot bring any (R194).

    One that brought some all the same says so above the words, which stay; sent again it goes
    without them.
    """
    if taken or "files" not in form.fields:
        return
    brought = form.is_bound and bool(form["files"].data)
    if form.is_bound:
        form.errors.pop("files", None)
    del form.fields["files"]
    if brought:
        form.add_error(None, str(texts.NO_FILES))
