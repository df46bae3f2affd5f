"""S17, S37, S40: pictures of strangers are drawn anew; only pixels come through."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.core.errors import Refused
from app.core.pictures import redraw

SCRIPT = b"<script>alert(1)</script>"
BOX = {"width": 384, "height": 80, "megapixels": 4}
HEADS = {
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "bare svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "html": b"<!doctype html>" + SCRIPT,
    "pdf": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd)(r) file\n",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "program": b"\x7fELF" + b"\0" * 60,
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "only a png's head": b"\x89PNG\r\n\x1a\n",
    "only a jpeg's head": b"\xff\xd8\xff\xe0",
    "only a webp's head": b"RIFF\x24\0\0\0WEBPVP8 ",
}
OTHERS = ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "SGI", "DDS", "JPEG2000", "PDF")


def drawn(kind: str, size: tuple[int, int] = (200, 60), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 80, 160)).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_text() -> bytes:
    texts = PngInfo()
    texts.add_text("Comment", SCRIPT.decode())
    texts.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    return drawn("PNG", pnginfo=texts)


def located() -> bytes:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "am Gartenweg 7"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 33.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)})
    return drawn("JPEG", exif=exif)


#: Files that are a picture and something else as well.
POLYGLOTS = {
    "png with a script behind it": drawn("PNG") + SCRIPT,
    "jpeg with a script behind it": drawn("JPEG") + SCRIPT,
    "webp with a script behind it": drawn("WEBP") + SCRIPT,
    "png with a script in its texts": with_text(),
    "jpeg with a script as comment": drawn("JPEG", comment=SCRIPT),
    "jpeg with a script as profile": drawn("JPEG", icc_profile=SCRIPT * 9),
    "webp with a script as metadata": drawn("WEBP", xmp=SCRIPT),
    "png with an archive behind it": drawn("PNG") + HEADS["zip"] + SCRIPT,
    "jpeg with a page behind it": drawn("JPEG") + HEADS["html"],
    "a located photo": located() + SCRIPT,
}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_comes_out_is_a_png_within_the_box(kind: str):
    picture = redraw(drawn(kind, (1600, 200)), **BOX)
    made = Image.open(io.BytesIO(picture.data))
    assert (made.format, made.size) == ("PNG", (384, 48))
    assert (picture.width, picture.height) == made.size


def test_small_pictures_are_not_blown_up():
    assert redraw(drawn("PNG", (40, 30)), **BOX).width == 40


def test_what_was_transparent_stays_so():
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    made = Image.open(io.BytesIO(redraw(out.getvalue(), **BOX).data))
    assert made.getpixel((20, 20)) == (0, 0, 0, 0)


@pytest.mark.parametrize("name", HEADS)
def test_s17_what_is_no_picture_is_refused(name: str):
    with pytest.raises(Refused, match="cannot read this picture"):
        redraw(HEADS[name], **BOX)


@pytest.mark.parametrize("kind", OTHERS)
def test_s17_no_other_kind_of_picture_is_even_opened(kind: str):
    with pytest.raises(Refused, match="cannot read this picture"):
        redraw(drawn(kind), **BOX)


@pytest.mark.parametrize("name", POLYGLOTS)
def test_s17_nothing_but_pixels_comes_through(name: str):
    assert SCRIPT in POLYGLOTS[name], "the premise"
    data = redraw(POLYGLOTS[name], **BOX).data
    made = Image.open(io.BytesIO(data))
    made.load()
    assert SCRIPT not in data
    assert b"script" not in zlib_free(data)
    assert not set(made.info) - {"interlace"}


def zlib_free(data: bytes) -> bytes:
    """All chunks of a PNG but those with the pixels."""
    found, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        found += kind + (b"" if kind == b"IDAT" else data[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def test_s40_a_picture_forgets_where_it_was_taken():
    before = Image.open(io.BytesIO(located())).getexif()
    assert before.get_ifd(0x8825), "the premise: it says where"
    made = Image.open(io.BytesIO(redraw(located(), **BOX).data))
    assert not made.getexif()
    assert b"Gartenweg" not in redraw(located(), **BOX).data


def test_a_photo_that_lies_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    picture = redraw(drawn("JPEG", (20, 60), exif=exif), **BOX)
    assert (picture.width, picture.height) == (60, 20)


BOMBS = {
    "a hundred thousand pixels wide and high": png(100_000, 100_000),
    "rows that never come": png(2_000, 1_999),
    "a text of a gigabyte": png(
        9, 9, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 300_000_000)), rows=b""
    ),
    "a profile of a gigabyte": png(
        9, 9, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 300_000_000)), rows=b""
    ),
    "a length beyond the file": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
}


@pytest.mark.parametrize("name", BOMBS)
def test_s37_a_picture_that_is_a_bomb_is_refused(name: str):
    with pytest.raises(Refused):
        redraw(BOMBS[name], **BOX)


@pytest.mark.parametrize("size", [(2_001, 2_000), (9_000, 9_000), (20_000, 20_000)])
def test_s37_too_many_pixels_are_said_to_be_too_many(size: tuple[int, int]):
    with pytest.raises(Refused, match="too many pixels"):
        redraw(png(*size), **BOX)


def test_greys_of_sixteen_bits_stay_the_greys_they_are():
    out = io.BytesIO()
    Image.new("I;16", (40, 40), 60 * 256).save(out, "PNG")
    with Image.open(io.BytesIO(redraw(out.getvalue(), **BOX).data)) as found:
        assert found.getpixel((20, 20)) == (60, 60, 60, 255)


def test_s37_rows_beyond_the_picture_are_never_unpacked():
    assert redraw(png(1, 1, rows=zlib.compress(b"\0" * 300_000_000)), **BOX).width == 1


def test_s37_four_megapixels_are_the_limit():
    assert redraw(drawn("PNG", (2_000, 2_000)), **BOX).width == 80


@pytest.mark.parametrize("colour, on_light, on_dark", [((255, 255, 255), False, True),
                                                       ((20, 20, 30), True, False)])  # fmt: skip
def test_it_is_known_on_which_ground_a_picture_is_seen(colour, on_light, on_dark):
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    picture = redraw(out.getvalue(), **BOX)
    assert (picture.on_light > 3, picture.on_dark > 3) == (on_light, on_dark)
