"""What the visible tests of lesson 07 say, and the judges that its hidden tests share."""

import io
import math
import sys
import zlib

import numpy as np

from kquant_helpers.checks.ladder import Answer, NotYet, ask, correct, refuses
from kquant_helpers.errors import absolute_error, peak_snr
from kquant_helpers.formats import palette_png_bytes, png_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import index_bits, index_entropy

# Learners of palettes end up this close to each other, in dB; random palettes stay below.
_BELOW, _ABOVE = 2.0, 1.0

# What encoders of PNG make of the same pixels differs by little more than this.
_LESS, _MORE, _FEW_BYTES = 0.9, 1.03, 16


def small_photo(height=40, width=60):
    """Return a small color photo with many colors, on which learners of palettes agree.

    Examples
    --------
    >>> small_photo().shape
    (40, 60, 3)
    """
    return load_photo("chelsea", (height, width))


def color_chart(height, width, side=16):
    """Return an image of side × side colors, far from each other and equally frequent.

    Examples
    --------
    >>> len(np.unique(color_chart(8, 8, side=2).reshape(-1, 3), axis=0))
    4
    """
    places = np.arange(height * width) % side**2
    ramp = np.rint(np.linspace(0, 255, side))
    colors = np.stack([ramp[places // side], ramp[places % side], np.full(places.shape, 90)], -1)
    return colors.reshape(height, width, 3).astype(np.uint8)


def check_mean_absolute_error(function):
    """Check a student's ``mean_absolute_error(original, quantized)``."""
    for original, quantized in (
        ([[12, 20]], [[10, 16]]),
        ([[10, 16]], [[12, 20]]),
        ([[10, 20]], [[16, 14]]),
        ([[10, 20]], [[12, 23]]),
        ([[0, 255, 90]], [[255, 0, 90]]),
    ):
        judge_error(function, np.array(original, np.uint8), np.array(quantized, np.uint8))
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    judge_error(function, color, color * 9)
    return correct("mean_absolute_error")


def judge_error(function, original, quantized):
    """Check a student's ``mean_absolute_error`` on two uint8 images."""
    answer = ask("mean_absolute_error", function, original, quantized).is_number()
    signed = original.astype(float) - quantized
    wrapped = original - quantized
    expected = absolute_error(original, quantized)
    return answer.equals(
        expected,
        hints=(
            (wrapped.mean(), "uint8 wraps around, so convert to float before the difference"),
            (abs(wrapped.astype(np.int8)).mean(), "an int8 holds differences of up to 127 only"),
            (signed.mean(), "differences of both signs cancel, so take each one's absolute value"),
            (abs(signed.mean()), "take the absolute value of each difference, before the mean"),
            (np.mean(signed**2), "this is the squared error, take absolute values instead"),
            (np.sqrt(np.mean(signed**2)), "this is the root of the squared error"),
            (abs(signed).sum(), "divide the sum by the number of intensities"),
            (3 * expected, "divide by the number of intensities, not of pixels"),
            (np.median(abs(signed)), "this is the median, take the mean"),
            (abs(signed).max(), "this is the largest difference, take the mean"),
            (int(expected), "keep the decimals of the mean"),
            (round(expected), "keep the decimals of the mean"),
        ),
    )


def check_bits_per_index(function):
    """Check a student's ``bits_per_index(k)``."""
    for k in (2, 4, 64, 128, 3, 5, 100, 1):
        judge_index_bits(function, k)
    return correct("bits_per_index")


def judge_index_bits(function, k):
    """Check a student's ``bits_per_index`` for one k."""
    expected = index_bits(k)
    answer = ask("bits_per_index", function, k).is_number(infinite=True)
    return answer.equals(
        expected,
        hints=(
            (max(expected, 1), "where there is one codeword only, nothing has to be written"),
            (k.bit_length(), "the indices run from 0 to k - 1, and k itself is none of them"),
            (math.floor(math.log2(k)), "so few bits do not tell all k indices apart; round up"),
            (math.log2(k), "a bit is whole, so round up"),
            (round(math.log2(k)), "round up, since too few bits do not tell all indices apart"),
            (math.ceil(math.log(k)), "np.log is the natural logarithm; np.log2 counts bits"),
            (math.log(k), "np.log is the natural logarithm; np.log2 counts bits"),
            (k, "k indices need fewer bits than k: each bit doubles how many can be told apart"),
            (8 * -(-expected // 8), "count bits, not whole bytes"),
        ),
    )


def check_palette_bits(function):
    """Check a student's ``palette_bits(height, width, k)``."""
    for size in ((2, 3, 4), (2, 3, 5), (750, 1000, 64), (750, 1000, 128), (40, 25, 1)):
        judge_palette_bits(function, *size)
    return correct("palette_bits")


def judge_palette_bits(function, height, width, k):
    """Check a student's ``palette_bits`` for one size and one k."""
    pixels, bits = height * width, index_bits(k)
    answer = ask("palette_bits", function, height, width, k).is_number(infinite=True)
    return answer.equals(
        pixels * bits + 24 * k,
        rtol=0,
        atol=0.01,
        hints=(
            (pixels * bits, "the palette belongs to the file: 24 bits a color"),
            (pixels * max(bits, 1) + 24 * k, "with one color the indices take no bits"),
            (pixels * bits + 3 * k, "a color has 3 bytes, which are 24 bits"),
            (pixels * bits + 8 * k, "a color has three channels of 8 bits"),
            (pixels * bits + 24, "each of the k colors takes 24 bits"),
            (3 * pixels * bits + 24 * k, "a pixel has one index for all its channels"),
            (pixels * k + 24 * k, "an index takes ceil(log2 k) bits, not k"),
            (pixels * k.bit_length() + 24 * k, "the indices run from 0 to k - 1"),
            (pixels * math.log2(k) + 24 * k, "each index takes a whole number of bits"),
            (pixels * 8 + 24 * k, "an index need not take a whole byte"),
            (pixels * math.floor(math.log2(k)) + 24 * k, "round the bits of an index up"),
            (math.ceil(pixels * math.log2(k)) + 24 * k, "round the bits of each index, not of all"),
            ((pixels * bits + 24 * k) / 8, "these are bytes; a byte has 8 bits"),
            ((pixels * bits + 24 * k) / pixels, "these are bits per pixel; give all of them"),
            (24 * pixels, "this is the raw size"),
        ),
    )


def check_block_bits(function):
    """Check a student's ``block_bits(height, width, size, k)``."""
    for size in ((4, 6, 2, 3), (8, 12, 4, 5), (128, 128, 4, 512), (12, 20, 4, 1)):
        judge_block_bits(function, *size)
    return correct("block_bits")


def judge_block_bits(function, height, width, size, k):
    """Check a student's ``block_bits`` for one size of image and of block, and one k."""
    blocks, bits, area = height // size * (width // size), index_bits(k), size * size
    answer = ask("block_bits", function, height, width, size, k).is_number(infinite=True)
    return answer.equals(
        blocks * bits + 8 * area * k,
        rtol=0,
        atol=0.01,
        hints=(
            (height * width * bits + 8 * area * k, "one index serves a whole block"),
            (blocks * bits, "the codebook belongs to the file"),
            (blocks * max(bits, 1) + 8 * area * k, "with one codeword the indices take no bits"),
            (blocks * bits + area * k, "each entry of the codebook takes 8 bits"),
            (blocks * bits + 24 * area * k, "a gray entry takes 8 bits, not 24"),
            (blocks * bits + 24 * k, "a codeword has size × size gray entries of 8 bits"),
            (blocks * bits + 8 * k, "a codeword has size × size entries"),
            (blocks * bits + 8 * size * k, "a codeword has size × size entries, not size"),
            (height * width // size * bits + 8 * area * k, "a block covers size × size pixels"),
            (blocks * area * bits + 8 * area * k, "one index serves a whole block"),
            (blocks * bits + 8 * area, "the codebook has k codewords"),
            (blocks * k + 8 * area * k, "an index takes ceil(log2 k) bits, not k"),
            (blocks * k.bit_length() + 8 * area * k, "the indices run from 0 to k - 1"),
            (blocks * math.log2(k) + 8 * area * k, "each index takes a whole number of bits"),
            (blocks * math.floor(math.log2(k)) + 8 * area * k, "round the bits of an index up"),
            ((blocks * bits + 8 * area * k) / 8, "these are bytes; a byte has 8 bits"),
        ),
    )


def check_entropy(function):
    """Check a student's ``entropy(indices)``."""
    for indices in (
        [0, 0, 1, 1],
        [0, 0, 0, 0, 1, 1, 2, 3],
        [7, 7, 7],
        [[3, 200], [90, 3]],
        [[255, 254], [255, 254]],
        [0] * 6 + [1],
        [300, 300, 5, 299],
    ):
        judge_entropy(function, np.array(indices))
    return correct("entropy")


def judge_entropy(function, indices):
    """Check a student's ``entropy`` of some indices."""
    answer = ask("entropy", function, indices)
    nan = isinstance(answer.value, float) and math.isnan(answer.value)
    answer.is_true(
        not nan,
        "is nan: the share of an index that does not occur is 0, and 0 · log2(0) is nan, so leave "
        "it out.",
    ).is_number()
    bits, distinct = index_entropy(indices), len(np.unique(indices))
    columns = indices.size / len(indices)
    return answer.equals(
        bits,
        hints=(
            (bits * math.log(2), "np.log is the natural logarithm; np.log2 counts bits"),
            (bits * math.log10(2), "np.log10 counts decimal digits; np.log2 counts bits"),
            (bits * indices.size, "give the bits of one index, not of all"),
            (-bits, "the logarithm of a share is negative, so the sum needs a minus sign"),
            (index_bits(distinct), "frequent indices need fewer bits than rare ones"),
            (math.log2(distinct), "frequent indices need fewer bits than rare ones"),
            (math.log2(int(indices.max()) + 1), "frequent indices need fewer bits than rare ones"),
            (bits / distinct, "add the terms up; np.mean divides by their number"),
            (_coarse_bits(indices), "np.arange(256) makes 255 bins: 254 and 255 share the last"),
            (
                columns * (bits - math.log2(columns)),
                "len counts rows; indices.size counts all indices",
            ),
            (_byte_bits(indices, indices[indices < 256].size), "indices may be larger than 255"),
            (_byte_bits(indices, indices.size), "indices may be larger than 255"),
            (round(bits, 3), "do not round"),
            (round(bits, 2), "do not round"),
            (_mean_bits(indices), "weight each index's bits by its share p"),
        ),
    )


def check_png_size(function):
    """Check a student's ``png_size(image)``."""
    photo = small_photo()
    stripes = np.repeat(np.arange(0, 240, 8, dtype=np.uint8)[:, np.newaxis], 50, axis=1)
    for image, name in (
        (photo, "a color photo"),
        (load_photo("camera", (50, 44), gray=True), "a gray photo"),
        (stripes, "gray stripes"),
        (np.full((1, 1), 9, np.uint8), "one gray pixel"),
    ):
        judge_png_size(function, image, name)
    return correct("png_size", f"The small photo takes {len(png_bytes(photo)):,} bytes.")


def judge_png_size(function, image, name):
    """Check a student's ``png_size``: between the smallest and the largest usual PNG."""
    shown = f"png_size({name} of shape {image.shape})"
    answer = ask("png_size", function, image, shown=shown)
    are_bytes = isinstance(answer.value, (bytes, bytearray, memoryview))
    answer.is_true(not are_bytes, "is the file itself: len() says how many bytes it has.")
    answer.is_number(whole=True)
    sizes = _png_sizes(image)
    least, most = _LESS * min(sizes), _MORE * max(sizes) + _FEW_BYTES
    size = float(np.asarray(answer.value))
    hint = _png_hint(image, size, sizes)
    return answer.is_true(
        least <= size <= most,
        f"is {size:,.0f}, but its PNG has about {sizes[-1]:,} bytes{hint}.",
    )


def check_rate_distortion(function):
    """Check a student's ``rate_distortion(image, ks)``."""
    judge_rate_distortion(function, small_photo(), [16, 2, 5])
    judge_rate_distortion(function, small_photo(), [4, 16])
    return correct("rate_distortion")


def judge_rate_distortion(function, image, ks):
    """Check a student's ``rate_distortion``: exact bits, and a PSNR that k-means reaches."""
    shown = f"rate_distortion(a photo of shape {image.shape}, {ks})"
    answer = ask("rate_distortion", function, image, ks, shown=shown)
    answer.is_array(
        (len(ks), 2),
        meaning="a row for each k, with the columns bits per pixel and PSNR",
        hints=(((2, len(ks)), "a row for each k; .T turns columns into rows"),),
    )
    table = np.asarray(answer.value, dtype=float)
    answer.is_true(
        not np.array_equal(table, np.trunc(table)),
        "holds whole numbers only: keep the decimals, in an array of floats.",
    )
    pixels = image.shape[0] * image.shape[1]
    index = np.array([index_bits(k) for k in ks])
    bits = index + 24 * np.array(ks) / pixels
    results = [quantize(image, k, "rgb") for k in ks]
    best = np.array([peak_snr(image, result.image) for result in results])
    rates = Answer("rate_distortion", f"The first column of {shown}", table[:, 0])
    hints = _rate_hints(bits, index, ks, pixels, best) + _file_hints(results, pixels)
    rates.equals(bits, rtol=1e-4, atol=1e-3, hints=hints)
    for k, psnr, reference in zip(ks, table[:, 1], best, strict=True):
        answer.is_true(
            -_BELOW <= psnr - reference <= _ABOVE,
            f"has a PSNR of {psnr:.1f} dB for k = {k}, but a learned palette of {k} colors "
            f"reaches about {reference:.1f} dB{_psnr_hint(image, k, psnr, reference)}.",
        )
    return answer


def check_smallest_k(function):
    """Check a student's ``smallest_k(image, target_psnr)``."""
    photo = small_photo()
    for target, expected in ((29.6, 16), (24, 4), (10, 2)):
        judge_smallest_k(function, photo, target, expected)
    judge_smallest_k(function, np.full((5, 8, 3), 70, np.uint8), 50, 2)
    judge_unreachable(function, photo, 70)
    return correct("smallest_k")


def judge_smallest_k(function, image, target, expected):
    """Check a student's ``smallest_k`` where the answer is well away from its neighbors."""
    shown = f"smallest_k({_image_name(image)}, {target:g})"
    try:
        answer = ask("smallest_k", function, image, target, shown=shown).is_number(whole=True)
    except NotYet as reply:
        if "raise ValueError" not in str(reply):
            raise
        raise NotYet(
            f"{shown} raises ValueError, but a palette of {expected} colors reaches the target: "
            "raise after the loop, once every k has been tried."
        ) from None
    return answer.equals(
        expected,
        hints=(
            (2, "2 colors stay below the target; PSNR ≥ target is asked for"),
            (256, "this is the largest k that reaches the target; stop at the first"),
            (2 * expected, "a smaller k reaches the target too: PSNR ≥ target will do"),
            (1, "the search begins at k = 2"),
            (expected // 2, 'a palette ("rgb") of so few colors does not reach the target'),
            (int(math.log2(expected)), "return k itself, not its logarithm or its place"),
            (int(math.log2(expected)) - 1, "return k itself, not its place in the list"),
            *((k, "only 2, 4, 8, …, 256 are tried") for k in range(257) if k & (k - 1)),
        ),
    )


def judge_unreachable(function, image, target):
    """Check that a student's ``smallest_k`` raises ValueError where no k reaches the target."""
    shown = f"smallest_k({_image_name(image)}, {target:g})"
    because = ', since even a palette ("rgb") of 256 colors stays below the target'
    return refuses("smallest_k", function, image, target, because=because, shown=shown)


def _image_name(image):
    colors = len(np.unique(image.reshape(-1, 3), axis=0))
    kind = f"an image of {colors} color{'' if colors == 1 else 's'}"
    return f"{'a photo' if colors > 256 else kind}, of shape {image.shape}"


def _mean_bits(indices):
    """Return what comes out where the bits are averaged over the distinct indices."""
    shares = np.unique(indices, return_counts=True)[1] / indices.size
    return float(np.mean(-np.log2(shares)))


def _coarse_bits(indices):
    """Return what comes out where 254 and 255 are counted as one."""
    return index_entropy(np.where(indices == 254, 255, indices))


def _byte_bits(indices, total):
    """Return what comes out where only the indices of a byte are counted."""
    shares = np.unique(indices[indices < 256], return_counts=True)[1] / max(total, 1)
    return float(np.sum(-shares * np.log2(shares)))


def _png_sizes(image):
    """Return the sizes that usual encoders reach; the last is that of Pillow's default."""
    options = [{"compress_level": level} for level in range(1, 10)] + [{"optimize": True}, {}]
    files = [_png_file(image, **each) for each in options]
    return [len(png_bytes(image, fast=True)), *(file.tell() for file in files)]


def _png_file(image, mode=None, **options):
    """Return the file that Pillow saves, of the image as it is or made another mode first."""
    from PIL import Image

    picture, file = Image.fromarray(image), io.BytesIO()
    (picture.convert(mode) if mode else picture).save(file, "PNG", **options)
    return file


def _png_hint(image, size, sizes):
    if image.size <= size <= image.size + 200 and image.size > 1:
        return ": this is about the raw size, one byte for each intensity; encode the image first"
    if size == len(zlib.compress(image.tobytes())):
        return ": this is deflate alone; PNG filters the rows first and has a header"
    if size == 0:
        return (
            ": nothing is left where it is measured; save the image first, then take "
            "file.getvalue(), since read() starts behind what was written"
        )
    if size == sys.getsizeof(_png_file(image)):
        return ": sys.getsizeof counts what Python adds; take len(file.getvalue())"
    if size in [_png_file(image, mode).tell() for mode in ("RGB", "RGBA", "L", "P")]:
        return ": leave the image as it is, without convert or quantize"
    for misread, sentence in (
        (lambda n: 8 * n, "these are bits; count bytes"),
        (lambda n: n // 1000, "these are kilobytes; count bytes"),
        (lambda n: n // 1024, "these are kilobytes; count bytes"),
        (lambda n: 4 * -(-n // 3), "this counts a text that stands for the bytes"),
        (lambda n: 2 * n, "this counts a text that stands for the bytes"),
        (lambda n: n + 33, "sys.getsizeof counts what Python adds, len the bytes themselves"),
    ):
        if size in map(misread, sizes):
            return f": {sentence}"
    return ": write the whole image, as it is, in the format PNG" if size < min(sizes) else ""


def _rate_hints(bits, index, ks, pixels, best):
    ks = np.array(ks)
    return (
        (index, "the palette belongs to the rate: 24 · k bits, shared by all pixels"),
        (bits * pixels, "these are all bits; divide them by the number of pixels"),
        (bits / 8, "these are bytes; a byte has 8 bits"),
        (bits / 3, "divide by height × width, the number of pixels, not by image.size"),
        (index + 8 * ks / pixels, "divide the palette by the number of pixels, not of intensities"),
        (3 * index + 24 * ks / pixels, "a pixel has one index for all its channels"),
        (index + 3 * ks / pixels, "a color of the palette takes 24 bits"),
        (index + 24 * ks, "the palette is shared by all pixels, so divide it by their number"),
        (np.log2(ks) + 24 * ks / pixels, "each index takes a whole number of bits"),
        (8 + 24 * ks / pixels, "an index need not take a whole byte"),
        (bits[np.argsort(ks)], "the rows come in the order of ks"),
        (bits[::-1], "the rows come in the order of ks"),
        (24 + 0 * bits, "this is the raw size; the quantized image is asked for"),
        (best, "the first column is the rate, the second the PSNR"),
        ((bits[0], best[0])[: len(ks)], "a row for each k; .T turns columns into rows"),
    )


def _file_hints(results, pixels):
    words = "this is a file; the formula is asked for"
    files = (
        [png_bytes(result.image) for result in results],
        [palette_png_bytes(result.indices, result.codebooks[0]) for result in results],
    )
    return tuple((np.array([8 * len(file) / pixels for file in each]), words) for each in files)


def _psnr_hint(image, k, psnr, reference):
    if abs(psnr - peak_snr(image, quantize(image, k).image)) < _ABOVE:
        return ": these are k levels for all channels, learn k colors instead"
    if abs(psnr - peak_snr(image, quantize(image, k, "channel").image)) < _ABOVE:
        return ": these are k levels for each channel, learn k colors instead"
    if abs(psnr - 10 ** ((48.13 - reference) / 10)) < 0.2 * psnr:
        return ": this looks like the squared error; PSNR is 10 · log10(255² / error)"
    if abs(psnr - (reference - 10 * math.log10(3))) < 0.1:
        return ": take the mean over all intensities, not over pixels"
    if abs(psnr - (reference - 20 * math.log10(255))) < _ABOVE:
        return ": the peak is 255, not 1"
    if psnr > reference or psnr < 6:
        return ": uint8 differences wrap around; convert to float first"
    return ": learn the palette by k-means"
