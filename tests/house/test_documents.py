"""Documents that are made from the code say what the code says."""

import pytest

from tools import docs


@pytest.mark.parametrize("path", docs.DOCUMENTS)
def test_a_drawn_document_is_not_stale(path: str) -> None:
    assert (docs.ROOT / path).read_text() == docs.DOCUMENTS[path](), "run make docs"
