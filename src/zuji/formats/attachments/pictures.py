"""Photographs and scans: sound, and of a size that a viewer can open."""

import io

from PIL import Image, UnidentifiedImageError

from zuji.formats.attachments.unfit import Unfit

_MOST_PIXELS = 200_000_000  # the largest cameras of telephones
_LONGEST_SIDE = 40_000


def check_picture(data: bytes, kind: str) -> None:
    """Nothing, where a PNG or JPEG is sound and not too large. The pixels are not unpacked.

    Raises:
        Unfit: it is damaged or cut off, or states more pixels than a viewer can hold.
    """
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, below
    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
                raise Unfit("pixels", f"{width} × {height}")
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Unfit("damaged") from None
    # Cameras write notes behind the picture, so its end need not be that of the file; a file that was cut off has none.
    if kind == "jpeg" and b"\xff\xd9" not in data[2:]:
        raise Unfit("damaged")
