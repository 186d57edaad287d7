"""What an image costs: bits, entropy, bytes on disk."""

import io
import zlib

import numpy as np

from kquant_helpers.photos import check_image


def index_bits(k):
    """Return the bits of one index into a codebook of k codewords, ceil(log2 k).

    Examples
    --------
    >>> [index_bits(k) for k in (1, 2, 3, 64, 65)]
    [0, 1, 2, 6, 7]
    """
    return int(k - 1).bit_length()


def fixed_rate_bits(quantized):
    """Return the bits that a quantized image takes: its indices and its codebooks.

    Each index takes `index_bits` of its codebook's length, each codeword 8 bits an entry.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    int

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> fixed_rate_bits(quantize(np.uint8([[0, 1], [8, 9]]), 2))
    20
    """
    per_codebook = quantized.indices.size // len(quantized.codebooks)
    indices = sum(per_codebook * index_bits(len(book)) for book in quantized.codebooks)
    return indices + sum(8 * book.size for book in quantized.codebooks)


def bits_per_pixel(quantized):
    """Return `fixed_rate_bits` for each pixel of the image.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> bits_per_pixel(quantize(np.uint8([[0, 1], [8, 9]]), 2))
    5.0
    """
    height, width = quantized.image.shape[:2]
    return fixed_rate_bits(quantized) / (height * width)


def png_bytes(image, *, fast=False):
    """Return the image as the bytes of a PNG file, which keeps every pixel.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    fast : bool
        Whether to favor speed, as an explorer does. The pixels are the same, the file
        is a few percent larger or smaller.

    Returns
    -------
    bytes

    Examples
    --------
    >>> import numpy as np
    >>> png_bytes(np.zeros((2, 2), np.uint8))[1:4]
    b'PNG'
    """
    from PIL import Image

    check_image(image)
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(file, "PNG", **_png_options(fast))
    return file.getvalue()


def palette_png_bytes(indices, palette, *, fast=False):
    """Return an indexed PNG: 1, 2, 4 or 8 bits an index, and the palette beside them.

    Parameters
    ----------
    indices : ndarray of integers, shape (height, width)
        Index of each pixel's color.
    palette : ndarray of uint8, shape (k, 3), k ≤ 256
        The colors.
    fast : bool
        Whether to favor speed, as an explorer does. The pixels are the same, the file
        is a few percent larger or smaller.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        Where the palette is empty or has more than 256 colors.

    Examples
    --------
    >>> import numpy as np
    >>> palette_png_bytes(np.array([[0, 1]]), np.uint8([[0, 0, 0], [255, 0, 0]]))[1:4]
    b'PNG'
    """
    from PIL import Image

    if not 1 <= len(palette) <= 256:
        raise ValueError(
            f"The palette has {len(palette)} colors, but an indexed PNG holds 1 to 256: "
            "use a smaller k, or save the image itself as a PNG."
        )
    picture = Image.fromarray(np.ascontiguousarray(indices, dtype=np.uint8), "L")
    picture.putpalette(np.ascontiguousarray(palette, dtype=np.uint8).tobytes())
    file = io.BytesIO()
    picture.save(file, "PNG", **_png_options(fast))
    return file.getvalue()


def _png_options(fast):
    # Run lengths alone find nearly all that deflate finds in a filtered photo.
    return {"compress_level": 1, "compress_type": zlib.Z_RLE} if fast else {}
