"""How heavy a page is the first time one comes: what it and all it links to weigh, compressed."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
FONTS = re.compile(r'url\("\.\./([^"]+\.woff2)"\)')


def compressed(content: bytes) -> int:
    """As a server sends it; fonts come packed already."""
    return len(gzip.compress(content, 6, mtime=0))


def found(name: str) -> Path:
    """A static file where it lies."""
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is missing: run `python -m dialog.ui.vendor`"
    return Path(path)


def cold_weight(page: str) -> dict[str, int]:
    """Bytes for the page itself and each file it links to, fonts of its style sheets included."""
    weights = {"page": compressed(page.encode())}
    for name in dict.fromkeys(LINKED.findall(page)):
        content = found(name).read_bytes()
        weights[name] = compressed(content)
        if name.endswith(".css"):
            fonts = FONTS.findall(content.decode())
            weights.update({font: len(found(font).read_bytes()) for font in fonts})
    return weights
