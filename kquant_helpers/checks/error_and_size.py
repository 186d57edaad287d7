"""What the visible tests of lesson 07 say, and the judges that its hidden tests share."""

import io
import math
import sys
import zlib

import numpy as np

from kquant_helpers.checks.diagnosis import diagnosis, told
from kquant_helpers.checks.ladder import Answer, NotYet, ask, correct, near, refuses
from kquant_helpers.errors import absolute_error, peak_snr, squared_error
from kquant_helpers.formats import palette_png_bytes, png_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import index_bits

# The package's functions that an exercise is about, and what may be used in their place.
REFUSED = {
    "mean_absolute_error": {"absolute_error": "subtract, take absolute values and their mean"},
    "bits_per_index": {"index_bits": "ask how often 2 has to be doubled, or use np.log2"},
    "rate_distortion": dict.fromkeys(
        ("rate_distortion_sweep", "sweep_point"),
        "kq.quantize and kq.peak_snr are allowed, and kq.index_bits for the bits",
    ),
}

HINTS = {
    "mean_absolute_error": (
        "uint8 has no negative numbers. Convert first: original.astype(float) - quantized.",
        "np.abs of that difference, and np.mean of the result, over all entries.",
    ),
    "bits_per_index": (
        "With b bits you can tell 2**b indices apart. Look for the smallest b with 2**b >= k.",
        "np.log2(k) is b where k is a power of two. np.ceil rounds up.",
    ),
    "palette_bits": (
        "There are height * width indices. kq.index_bits(k) says how many bits each takes.",
        "The palette has k colors of 24 bits. Add both.",
    ),
    "block_bits": (
        "There are (height // size) * (width // size) blocks, and one index for each.",
        "A codeword has size * size entries of 8 bits, and there are k of them.",
    ),
    "png_size": (
        "file = io.BytesIO() is a file in memory; Image.fromarray(image).save(file, format=...).",
        "file.getvalue() are the bytes, and len counts them.",
    ),
    "rate_distortion": (
        'One loop over ks. quantized = kq.quantize(image, k, "rgb") and then quantized.image.',
        "The rate is kq.index_bits(k) + 24 * k / (height * width). Append [rate, psnr] to a list, "
        "and return np.array of the list.",
    ),
    "smallest_k": (
        "One loop over (2, 4, 8, 16, 32, 64, 128, 256), with a return inside where the target is "
        "reached.",
        "The raise stands after the loop, not in an else of the if: only then was every k tried.",
    ),
}

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
        ([[10, 20, 40]], [[14, 24, 42]]),
        ([[0, 255, 90]], [[255, 0, 90]]),
    ):
        judge_error(function, np.array(original, np.uint8), np.array(quantized, np.uint8))
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    judge_error(function, color, color * 9)
    return correct("mean_absolute_error")


def more_mean_absolute_error(function, *seeds):
    """Check a student's ``mean_absolute_error`` on more pairs of images."""
    black, white = np.zeros((20, 30), np.uint8), np.full((20, 30), 255, np.uint8)
    pairs = [(black, white), (white, black)]
    for seed in seeds:
        for shape in ((1, 1), (7, 4), (4, 7, 3), (30, 50), (9, 3, 3)):
            first, second = np.random.default_rng(seed).integers(0, 256, (2, *shape), np.uint8)
            pairs += [(first, second), (second, first), (first, first)]
    for pair in pairs:
        judge_error(function, *pair)
    return correct("mean_absolute_error")


def judge_error(function, original, quantized):
    """Check a student's ``mean_absolute_error`` on two uint8 images."""
    answer = ask("mean_absolute_error", function, original, quantized).is_number()
    expected = absolute_error(original, quantized)
    if near(answer.value, expected):
        return answer
    pair = np.random.default_rng(6).integers(0, 256, (2, 5, 7, 3), dtype=np.uint8)
    sentence = diagnosis("mean_absolute_error", function, pair, _wrong_errors(*pair))
    return answer.equals(expected, hints=told(answer.value, sentence))


def _wrong_errors(original, quantized):
    signed = original.astype(float) - quantized
    wrapped, expected = original - quantized, abs(signed).mean()
    wraps = "uint8 wraps around, so convert to float before the difference"
    yield wrapped.mean(), wraps
    yield (-wrapped).mean(), wraps
    yield abs(wrapped.astype(np.int8)).mean(), "an int8 holds differences of up to 127 only"
    for mean in (signed.mean(), -signed.mean()):
        yield mean, "differences of both signs cancel, so take each one's absolute value first"
    for side in (signed, -signed):
        yield np.maximum(side, 0).mean(), "it must not matter which image is the brighter one"
    yield np.mean(signed**2), "this is the squared error, take absolute values instead"
    yield np.sqrt(np.mean(signed**2)), "this is the root of the squared error"
    yield abs(signed).sum(), "divide the sum by the number of intensities"
    yield 3 * expected, "divide by the number of intensities, not of pixels"
    yield np.median(abs(signed)), "this is the median, take the mean"
    yield abs(signed).max(), "this is the largest difference, take the mean"
    yield int(expected), "keep the decimals of the mean"
    for digits in range(3):
        yield round(expected, digits), "keep the decimals of the mean"


def check_bits_per_index(function):
    """Check a student's ``bits_per_index(k)``."""
    for k in (2, 4, 64, 128, 3, 5, 100, 300, 1):
        judge_index_bits(function, k)
    return correct("bits_per_index")


def more_bits_per_index(function, *powers):
    """Check a student's ``bits_per_index`` for small k, and around more powers of two."""
    around = [2**power + more for power in powers for more in (-1, 0, 1)]
    for k in (*range(1, 40), 100, 300, 1000, 50_000, *around):
        judge_index_bits(function, k)
    return correct("bits_per_index")


def judge_index_bits(function, k):
    """Check a student's ``bits_per_index`` for one k."""
    expected = index_bits(k)
    answer = ask("bits_per_index", function, k).is_number(infinite=True)
    return answer.equals(expected, hints=_index_bits_hints(k, expected))


def _index_bits_hints(k, expected):
    """Say what is wrong with a number of bits, whatever it comes from."""
    if k == 1:
        yield 1, "where there is one codeword only, nothing has to be written"
    fewer, more = range(expected), range(expected + 1, expected + 3)
    for bits in fewer:
        yield bits, f"with {bits} bits {2**bits} indices can be told apart, and there are {k}"
    for bits in more:
        yield bits, f"with {expected} bits {2**expected} indices can be told apart already"
    yield math.log2(k), "a bit is whole, so round up"


def check_palette_bits(function):
    """Check a student's ``palette_bits(height, width, k)``."""
    for size in ((2, 3, 4), (2, 3, 5), (750, 1000, 64), (750, 1000, 300), (40, 25, 1)):
        judge_palette_bits(function, *size)
    return correct("palette_bits")


def more_palette_bits(function, *sizes):
    """Check a student's ``palette_bits`` for more sizes and k."""
    for k in (1, 2, 3, 7, 8, 9, 31, 33, 100, 200, 256, 257, 1000, 4096):
        for size in sizes:
            judge_palette_bits(function, *size, k)
    return correct("palette_bits")


def judge_palette_bits(function, height, width, k):
    """Check a student's ``palette_bits`` for one size and one k."""
    pixels, bits = height * width, index_bits(k)
    answer = ask("palette_bits", function, height, width, k).is_number(infinite=True)
    expected = pixels * bits + 24 * k
    if near(answer.value, expected, rtol=0, atol=0.01):
        return answer
    telling = (40, 53, 700)
    sentence = diagnosis("palette_bits", function, telling, _wrong_palette_bits(*telling))
    return answer.equals(expected, rtol=0, atol=0.01, hints=told(answer.value, sentence))


def _wrong_palette_bits(height, width, k):
    pixels, bits = height * width, index_bits(k)
    return (
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
    )


def check_block_bits(function):
    """Check a student's ``block_bits(height, width, size, k)``."""
    for size in ((4, 6, 2, 3), (8, 12, 4, 5), (128, 128, 4, 512), (12, 20, 4, 1)):
        judge_block_bits(function, *size)
    return correct("block_bits")


def more_block_bits(function, *sizes):
    """Check a student's ``block_bits`` for more sizes and k."""
    for k in (1, 2, 3, 7, 9, 48, 100, 256, 300, 1024):
        for size in sizes:
            judge_block_bits(function, *size, k)
    return correct("block_bits")


def judge_block_bits(function, height, width, size, k):
    """Check a student's ``block_bits`` for one size of image and of block, and one k."""
    blocks, bits, area = height // size * (width // size), index_bits(k), size * size
    answer = ask("block_bits", function, height, width, size, k).is_number(infinite=True)
    expected = blocks * bits + 8 * area * k
    if near(answer.value, expected, rtol=0, atol=0.01):
        return answer
    telling = (96, 132, 4, 700)
    sentence = diagnosis("block_bits", function, telling, _wrong_block_bits(*telling))
    return answer.equals(expected, rtol=0, atol=0.01, hints=told(answer.value, sentence))


def _wrong_block_bits(height, width, size, k):
    blocks, bits, area = height // size * (width // size), index_bits(k), size * size
    return (
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


def more_png_size(function, seed):
    """Check a student's ``png_size`` on more images."""
    noise = np.random.default_rng(seed).integers(0, 4, (30, 41, 3), dtype=np.uint8) * 80
    for image, name in (
        (load_photo("china", (60, 90)), "a color photo"),
        (load_photo("coffee", (71, 40), gray=True), "a gray photo"),
        (np.full((90, 50, 3), 200, np.uint8), "a plain image"),
        (color_chart(48, 64), "a chart of colors"),
        (noise, "noise"),
    ):
        judge_png_size(function, image, name)
    return correct("png_size")


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


def more_rate_distortion(function, *lists):
    """Check a student's ``rate_distortion`` on more photos, for more lists of k."""
    photos = small_photo(), 255 - small_photo(60, 44)[:, ::-1]
    for i, ks in enumerate(lists):
        judge_rate_distortion(function, photos[i % 2], list(ks))
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
    judge_smallest_k(function, color_chart(9, 8, side=2), float("inf"), 4)
    judge_smallest_k(function, color_chart(32, 48), 42, 256)
    judge_unreachable(function, photo, 70)
    judge_unreachable(function, color_chart(17, 17, side=17), float("inf"))
    return correct("smallest_k")


def more_smallest_k(function, *cases):
    """Check a student's ``smallest_k`` for more targets, each with the k that it takes."""
    for target, expected in cases:
        judge_smallest_k(function, small_photo(), target, expected)
    judge_smallest_k(function, np.full((5, 8, 3), 70, np.uint8), 50, 2)
    judge_smallest_k(function, color_chart(24, 32, side=8), float("inf"), 64)
    judge_unreachable(function, small_photo(48, 40), 62)
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
    return answer.equals(expected, hints=_smallest_hints(expected))


def _smallest_hints(expected):
    """Say what is wrong with a k, whatever it comes from."""
    yield 1, "the search begins at k = 2"
    for k in (2**power for power in range(1, 9)):
        if k < expected:
            yield k, f'a palette ("rgb") of {k} colors stays below the target'
        elif k > expected:
            yield k, f"{expected} colors reach the target already, and PSNR ≥ target will do"
    yield from ((k, "only 2, 4, 8, …, 256 are tried") for k in range(257) if k & (k - 1))


def judge_unreachable(function, image, target):
    """Check that a student's ``smallest_k`` raises ValueError where no k reaches the target."""
    shown = f"smallest_k({_image_name(image)}, {target:g})"
    because = ', since even a palette ("rgb") of 256 colors stays below the target'
    return refuses("smallest_k", function, image, target, because=because, shown=shown)


def _image_name(image):
    colors = len(np.unique(image.reshape(-1, 3), axis=0))
    kind = f"an image of {colors} color{'' if colors == 1 else 's'}"
    return f"{'a photo' if colors > 1000 else kind}, of shape {image.shape}"


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
    """Say which known misconception gives this PSNR, where one alone does."""
    result = quantize(image, k, "rgb").image
    wraps = "this looks like differences of uint8, which wrap around: convert to float first"
    levels = quantize(image, k).image, quantize(image, k, "channel").image
    mistakes = (
        (peak_snr(image, levels[0]), 0.01, "these are k levels for all channels, not k colors"),
        (peak_snr(image, levels[1]), 0.01, "these are k levels for each channel, not k colors"),
        (squared_error(image, result), 0.2 * psnr, "this looks like the squared error"),
        (reference - 10 * math.log10(3), 0.1, "take the mean over all intensities, not pixels"),
        (reference - 20 * math.log10(255), _ABOVE, "the peak is 255, not 1"),
        (_decibels((image - result).astype(float) ** 2), 0.1, wraps),
        (_decibels((result - image).astype(float) ** 2), 0.1, wraps),
        (_decibels((image - result) ** 2), 0.1, wraps),
    )
    fitting = {words for value, reach, words in mistakes if abs(psnr - value) <= reach}
    return f": {fitting.pop()}" if len(fitting) == 1 else ""


def _decibels(squares):
    return 10 * np.log10(255**2 / np.mean(squares))
