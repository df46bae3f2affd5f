"""The child process of core/pictures: a picture on standard input, a PNG on standard output.

Runs as a script of its own and imports nothing of ours: the whole app would take a second to load.
First comes a line, JSON about the PNG or why there is none; exit status 1 means none.
"""

from __future__ import annotations

import io
import json
import resource
import sys

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
FORMATS = ("PNG", "JPEG", "WEBP")
#: Relative luminance of the grounds that a header may have; see static/css/tokens.css.
LIGHT, DARK = 1.0, 0.014
SEEN = 96  # of 255: less opaque than this is air


def main() -> int:
    width, height, most_pixels = (int(number) for number in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return _draw(sys.stdin.buffer.read(), (width, height), most_pixels)


def _draw(data: bytes, box: tuple[int, int], most_pixels: int) -> int:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # ours is the smaller limit, and it says what is wrong
    picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    if picture.width * picture.height > most_pixels:
        sys.stdout.write("pixels\n")
        return 1
    if picture.mode.startswith("I"):  # of such greys Pillow would make white, but for the darkest
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(box, Image.Resampling.LANCZOS)
    # Pillow would write the profile and texts that a picture carries along; this one carries none.
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    on_light, on_dark = _standing_out(bare.tobytes())
    about = {"width": bare.width, "height": bare.height, "on_light": on_light, "on_dark": on_dark}
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + out.getvalue())
    return 0


def _standing_out(pixels: bytes) -> tuple[float, float]:
    """The mean contrast of what can be seen of these RGBA bytes, on a light and on a dark ground."""
    each = zip(pixels[0::4], pixels[1::4], pixels[2::4], pixels[3::4], strict=True)
    shades = [_luminance(red, green, blue) for red, green, blue, alpha in each if alpha >= SEEN]

    def mean(ground: float) -> float:
        return round(sum(_contrast(shade, ground) for shade in shades) / len(shades), 2)

    return (mean(LIGHT), mean(DARK)) if shades else (1.0, 1.0)


def _luminance(red: int, green: int, blue: int) -> float:
    """Near enough with a gamma of 2.2."""
    return float(
        0.2126 * (red / 255) ** 2.2 + 0.7152 * (green / 255) ** 2.2 + 0.0722 * (blue / 255) ** 2.2
    )


def _contrast(one: float, two: float) -> float:
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


if __name__ == "__main__":
    try:
        status = main()
    except Exception:
        # Whatever a decoder stumbles over: there is no picture in it.
        status = 1
    sys.exit(status)
