"""A small picture, made on the spot."""

from io import BytesIO

from PIL import Image


def png() -> bytes:
    """Eight by eight green points."""
    made = BytesIO()
    Image.new("RGB", (8, 8), "green").save(made, "PNG")
    return made.getvalue()
