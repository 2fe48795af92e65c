"""A small writer of PDF files: words in Helvetica at places of a page, and pages that are pictures."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[float, float, float, str]
"""Where words begin, in points from the bottom left, their size, and the words."""
WIDTH, HEIGHT = 400, 600


def pdf(pages: Sequence[Sequence[Place] | None], encrypted: bool = False) -> bytes:
    """Return a PDF file with these pages; None is a page that is a picture."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    objects.append(
        _stream(
            b"\x00\xff" * 8,
            b"/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8",
        )
    )
    kids = []
    for page in pages:
        content = (
            b"q 300 0 0 500 50 50 cm /I Do Q"
            if page is None
            else b"\n".join(_words(*place) for place in page)
        )
        objects.append(_stream(content))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    lock = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>/ID[<00><00>]"
    out_at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{lock if encrypted else ''}>>\n".encode()
    return out + f"startxref\n{out_at}\n%%EOF".encode()


def column(text: str, left: float, top: float, size: float = 10, step: float = 12) -> list[Place]:
    """Return the lines of a text, one below the other."""
    return [(left, top - step * number, size, line) for number, line in enumerate(text.splitlines()) if line]


def _words(left: float, base: float, size: float, words: str) -> bytes:
    inner = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf %g %g Td (" % (size, left, base) + inner + b") Tj ET"


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d" % len(data) + more + b">>\nstream\n" + data + b"\nendstream"
