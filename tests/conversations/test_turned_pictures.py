"""A picture that lies on its side is turned by whoever sends it (R119)."""

import pytest

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.files import clean
from dialog.conversations.models import Attachment
from dialog.conversations.ports import blobs
from dialog.demo.cast import Cast
from tests.conversations.pictures import BLUE, RED, exif, half_and_half, opened, written
from tests.conversations.test_pictures import near

TOP, RIGHT, BOTTOM, LEFT = "top", "right", "bottom", "left"
# Where red is, which was on the left, after so many quarters clockwise.
RED_IS = {0: LEFT, 1: TOP, 2: RIGHT, 3: BOTTOM}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", RED_IS)
def test_it_is_turned_clockwise(kind: str, turned: int) -> None:
    picture = opened(clean("utslett.jpg", written(half_and_half(), kind), turned=turned))

    width, height = picture.size
    middle = {
        TOP: (width // 2, 4),
        RIGHT: (width - 4, height // 2),
        BOTTOM: (width // 2, height - 4),
        LEFT: (4, height // 2),
    }
    assert picture.size == ((64, 48) if turned % 2 == 0 else (48, 64))
    assert near(picture, middle[RED_IS[turned]], RED)
    assert near(picture, middle[RED_IS[(turned + 2) % 4]], BLUE)


def test_it_is_turned_from_how_it_is_seen_and_not_from_how_the_phone_lay() -> None:
    sideways = written(half_and_half(), "JPEG", exif=exif(orientation=6))

    picture = opened(clean("utslett.jpg", sideways, turned=3))

    assert picture.size == (64, 48)
    assert near(picture, (8, 24), RED)


def test_it_is_kept_as_it_was_turned(cast: Cast) -> None:
    kept = actions.keep_file(
        by=cast.kari, name="utslett.png", data=written(half_and_half(), "PNG"), turned=1
    )

    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        blob = Attachment.objects.get(id=kept.id).blob
        data = b"".join(blobs().parts(blob))
    assert opened(clean("utslett.png", data)).size == (48, 64)
