"""What the tests of lesson 03 say to a student, and how they judge."""

import numpy as np

from kquant_helpers.checks.global_quantization import certain, is_rounded
from kquant_helpers.checks.ladder import ask, correct, describe, near
from kquant_helpers.errors import squared_error
from kquant_helpers.quantize import quantize

# An error up to this factor of the best possible is right: plain k-means gets there.
_SLACK = 1.1

# What an image of exercise 4 needs in each channel.
_INTENSITIES = 16

REFUSED = {
    "channel_levels": {"quantize": "learn from the column of each channel, as with kq.learn"},
    "quantize_channels": {
        "quantize": "take the three channels one by one, with kq.learn, kq.encode and kq.decode"
    },
}

HINTS = {
    "channel_levels": (
        "image[..., i].reshape(-1, 1) is the column of channel i. Learn from it as in the cell "
        "above, for i = 0, 1, 2.",
        "kq.learn(column, k).ravel() is one row of the result, and np.stack(rows) makes an array "
        "of three rows.",
    ),
    "quantize_channels": (
        "Start with result = np.empty_like(image), and fill result[..., i] in a loop over the "
        "three channels.",
        "What kq.decode returns is a column: .reshape(image.shape[:2]) brings it into the shape "
        "of one channel.",
    ),
    "error_sweep": (
        "Start with an empty list, and append a row of two errors for each k.",
        "kq.quantize(image, k, cut).image is the picture; kq.squared_error(image, picture) is one "
        "entry of the row.",
    ),
    "photo_where_channels_win": (
        "Two global levels can serve two places. Where do three narrow histograms have to lie, so "
        "that they cannot serve all of them?",
        "np.stack([red, green, blue], axis=-1).astype(np.uint8) makes an image of three channels, "
        "such as a ramp, and the same ramp plus 100, and plus 200.",
    ),
}

_SPANS = ((0, 130), (20, 250), (120, 255))
_OTHER_SPANS = ((90, 255), (0, 160), (30, 240))


# Photos to judge by


def grouped_photo(height, width, k, spans=_SPANS, seed=0):
    """Make a photo whose channels fall into k groups of intensities each.

    The groups are twice as wide as the gaps between them: k-means finds the best k levels
    from any start among the intensities. Pixels are shuffled, each channel by itself.

    Parameters
    ----------
    height, width : int
        Its size in pixels.
    k : int
        Number of groups, from 2 up.
    spans : sequence of (int, int)
        Lowest and highest intensity of each channel.
    seed : int
        Of the shuffling.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)

    Examples
    --------
    >>> grouped_photo(20, 30, 4).reshape(-1, 3).max(axis=0).tolist()
    [130, 250, 255]
    """
    generator = np.random.default_rng(seed)
    place = (np.arange(height * width) + 0.5) / (height * width) * k
    # Group 0 covers places 0 to 1, of which the middle of each is pressed into two thirds.
    pressed = np.floor(place) + 2 / 3 * (place - np.floor(place))
    channels = [
        generator.permutation(np.rint(low + (high - low) * pressed / (k - 1 / 3)))
        for low, high in spans
    ]
    return np.stack(channels, axis=-1).reshape(height, width, 3).astype(np.uint8)


def lopsided_photo(height, width, seed=0):
    """Make a photo with two groups of intensities in each channel, of unequal shares.

    Equal bins and equal shares both miss its two best levels, which k-means finds.

    Examples
    --------
    >>> lopsided_photo(20, 30).shape
    (20, 30, 3)
    """
    generator = np.random.default_rng(seed)
    channels = []
    for low, high, share in ((30, 200, 0.85), (90, 240, 0.2), (15, 130, 0.9)):
        count = round(share * height * width)
        groups = [
            np.linspace(low - 12, low + 12, count),
            np.linspace(high - 12, high + 12, height * width - count),
        ]
        channels.append(generator.permutation(np.rint(np.concatenate(groups))))
    return np.stack(channels, axis=-1).reshape(height, width, 3).astype(np.uint8)


def spread_photo(height, width, spans=((0, 120), (60, 255), (150, 255)), seed=0):
    """Make a photo in which all intensities of a channel's span occur equally often.

    Examples
    --------
    >>> spread_photo(20, 30).reshape(-1, 3).min(axis=0).tolist()
    [0, 60, 150]
    """
    generator = np.random.default_rng(seed)
    pixels = height * width
    channels = [generator.permutation(np.rint(np.linspace(*span, pixels))) for span in spans]
    return np.stack(channels, axis=-1).reshape(height, width, 3).astype(np.uint8)


# The example of exercise 1: four pixels, side by side in each of 30 rows.
_EXAMPLE = np.tile(
    np.array([[[10, 60, 0], [11, 50, 252], [11, 50, 3], [203, 60, 255]]], dtype=np.uint8),
    (30, 1, 1),
)
_CLOSE = np.tile(
    np.array([[[10, 99, 7], [11, 90, 7], [11, 91, 8], [11, 91, 8]]], dtype=np.uint8), (40, 1, 1)
)

# More photos, by the names that hidden tests give; made for k groups where there are groups.
_PHOTOS = {
    "grouped": lambda k: grouped_photo(11, 47, k, _OTHER_SPANS, seed=5),
    "lopsided": lambda k: lopsided_photo(18, 25),
    "mirrored": lambda k: np.ascontiguousarray(lopsided_photo(18, 25)[..., ::-1]),
    "close": lambda k: _CLOSE,
}


# Exercise 1


def check_channel_levels(function):
    """Check a student's ``channel_levels(image, k)``."""
    judge_levels(function, _EXAMPLE, 2, "channel_levels(the example, 2)")
    judge_levels(function, _EXAMPLE, 1, "channel_levels(the example, 1)")
    for k in (3, 4):
        image = grouped_photo(20, 30, k)
        shown = f"channel_levels(a color image of shape {image.shape}, {k})"
        judge_levels(function, image, k, shown)
    levels = np.asarray(judge_levels(function, _EXAMPLE, 2).value)
    return correct("channel_levels", f"The levels of the example are {describe(levels)}.")


def more_channel_levels(function, *cases):
    """Check a student's ``channel_levels`` on more photos: a name and k each."""
    for name, k in cases:
        judge_levels(function, _PHOTOS[name](k), k)
    return correct("channel_levels")


def judge_levels(function, image, k, shown=None):
    """Check that ``channel_levels(image, k)`` is within 10 % of the best for each channel.

    Returns the answer, for further rungs.
    """
    answer = ask("channel_levels", function, image, k, shown=shown)
    answer.is_array(
        (3, k), meaning="a row of k levels for each of R, G, B", hints=_level_shapes(image, k)
    )
    levels = np.asarray(answer.value, dtype=float)
    answer.is_true(
        (np.diff(levels, axis=1) >= 0).all(),
        "has a row that does not ascend: np.sort(levels, axis=1) sorts each row.",
    )
    best_levels = np.stack(_best_levels(image, k))
    best = np.array([_level_error(image, c, row) for c, row in enumerate(best_levels)])
    own = np.array([_level_error(image, c, row) for c, row in enumerate(levels)])
    hint = _levels_hint(image, levels, best, best_levels)
    return _within(answer, own, best, "has levels", hint)


def _level_shapes(image, k):
    """List shapes that known mistakes lead to, and how to mend them."""
    column = "image[..., i].reshape(-1, 1) is the column of intensities to learn from"
    shapes = (
        ((k, 3), "a row for each channel, not a column; .T turns one into the other"),
        ((k,), "a row for each of the three channels, not one for all"),
        ((1, k), "a row for each of the three channels, not one for all"),
        ((3, image.shape[1]), column),
        ((3, k * image.shape[1]), column),
        ((3, k, image.shape[1]), column),
        ((3, k, 1), "kq.learn and KMeans give a column of k levels; .ravel() makes a row of it"),
        ((3 * k,), "np.stack keeps the rows apart, np.concatenate does not"),
        ((3 * k, 1), "np.stack keeps the rows apart, np.concatenate does not"),
    )
    return [(shape, words) for shape, words in shapes if shape != (3, k)]


def _levels_hint(image, levels, best, best_levels):
    """Say what is surely so of levels whose error is too large."""
    k = levels.shape[1]
    each = range(3)
    counted_once = [_best_of(np.unique(image[..., i]), k) for i in each]
    known = (
        (best_levels[::-1], "the order of the rows is R, G, B"),
        (np.rint(best_levels), "leave the levels unrounded"),
        (np.floor(best_levels), "leave the levels unrounded"),
        (np.sort(best_levels, axis=0), "np.sort(levels, axis=1) sorts each row by itself"),
        (np.tile(_best_of(image, k), (3, 1)), _OWN_CHANNEL),
        *((np.tile(row, (3, 1)), _OWN_CHANNEL) for row in best_levels),
        (
            counted_once if all(len(row) == k for row in counted_once) else np.nan,
            "each intensity counts as often as it occurs in its channel",
        ),
    )
    for wrong, sentence in certain(known):
        if near(levels, wrong, rtol=1e-3):
            return f": {sentence}"
    spread = (np.arange(k) + 0.5) * 255 / k
    if k > 1 and abs(levels - spread).max() < 3:
        return (
            ": these are spread evenly over 0 to 255, whatever the channel holds (where KMeans "
            "gets the intensities 0 to 255, their counts are its sample_weight)"
        )
    if np.ptp(levels, axis=0).max() < 1e-6:
        return f": the three rows are alike, so {_OWN_CHANNEL}"
    lows, highs = image.min(axis=(0, 1)), image.max(axis=(0, 1))
    if not np.array_equal(levels.T, np.clip(levels.T, lows, highs)):
        return (
            ": a mean of intensities lies between the smallest and the largest of its channel, so "
            "learn from image[..., i] of the image that is handed in"
        )
    return ""


_OWN_CHANNEL = "learn each row from its own channel, image[..., i]"


# Exercise 2


def check_quantize_channels(function):
    """Check a student's ``quantize_channels(image, k)``."""
    judge_image(function, _EXAMPLE, 2, "quantize_channels(the example, 2)")
    judge_image(function, 255 - _EXAMPLE, 2, "quantize_channels(255 - the example, 2)")
    for k in (1, 3, 4):
        image = grouped_photo(20, 30, max(k, 2))
        shown = f"quantize_channels(a color image of shape {image.shape}, {k})"
        judge_image(function, image, k, shown)
    return correct("quantize_channels")


def more_quantize_channels(function, *cases):
    """Check a student's ``quantize_channels`` on more photos: a name and k each."""
    for name, k in cases:
        judge_image(function, _PHOTOS[name](k), k)
    return correct("quantize_channels")


def judge_image(function, image, k, shown=None):
    """Check that ``quantize_channels(image, k)`` is within 10 % of the best for each channel."""
    answer = is_rounded(ask("quantize_channels", function, image, k, shown=shown))
    height, width = image.shape[:2]
    answer.is_array(
        image.shape,
        np.uint8,
        meaning="that of the image",
        hints=(
            ((3, height, width), "the channels come last; np.stack(channels, axis=-1) puts them"),
            ((height * width, 3), "reshape the pixels to the image's shape at the end"),
            ((3, height * width), "bring each channel into its shape, image.shape[:2]"),
            ((3, height * width, 1), "bring each channel into its shape, image.shape[:2]"),
            ((height, width), "this is one channel; all three belong into the result"),
        ),
    )
    result = np.asarray(answer.value)
    for name, channel in zip("RGB", np.moveaxis(result, -1, 0), strict=True):
        count = len(np.unique(channel))
        answer.is_true(
            count <= k, f"has {count} different intensities in {name}, but at most {k} may be left."
        )
    best = squared_error(image, _rounded(image, k, np.rint), per_channel=True)
    own = squared_error(image, result, per_channel=True)
    return _within(answer, own, best, "has intensities", _image_hint(image, result, k, best))


def _image_hint(image, result, k, best):
    """Say what is surely so of an image whose error is too large."""
    swapped = squared_error(image, np.ascontiguousarray(result[..., ::-1]), per_channel=True)
    if np.all(swapped <= _SLACK * best + 1e-3):
        return ": the order of the channels is R, G, B"
    if np.array_equal(result, _rounded(image, k, np.floor)):
        return ": converting to uint8 cuts decimals off, so round first, with np.rint"
    if np.array_equal(result, _rounded(image, k, np.ceil)):
        return ": np.ceil rounds up, np.rint to the nearest integer"
    if np.array_equal(result, quantize(image, k, "channel").indices):
        return ": these are the indices of the levels; kq.decode looks the levels up"
    if np.array_equal(result, quantize(image, k).image):
        return ": these are k levels for all channels at once, so learn each by itself"
    codebooks = quantize(image, k, "channel").codebooks
    if any(np.array_equal(result, _nearest(image, 3 * [codebook])) for codebook in codebooks):
        return ": these are the levels of one channel in all three, so learn each by itself"
    if np.array_equal(result, _nearest(image, codebooks, np.uint8)):
        return (
            ": differences of uint8 wrap around, so convert with .astype(float) before you subtract"
        )
    return ""


def _nearest(image, codebooks, dtype=float):
    """Return the image in each channel's nearest rounded level, measured in this type."""
    result = np.empty_like(image)
    for c, codebook in enumerate(codebooks):
        levels = np.rint(codebook.ravel()).astype(dtype)
        result[..., c] = levels[abs(image[..., c, np.newaxis].astype(dtype) - levels).argmin(-1)]
    return result


def _rounded(image, k, rounding):
    """Return the best channel-wise image of k levels, its levels rounded in this way."""
    quantized = quantize(image, k, "channel")
    channels = [
        rounding(codebook.ravel())[quantized.indices[..., c]]
        for c, codebook in enumerate(quantized.codebooks)
    ]
    return np.stack(channels, axis=-1).astype(np.uint8)


# Exercise 3


def check_error_sweep(function):
    """Check a student's ``error_sweep(image, ks)``."""
    judge_sweep(function, _EXAMPLE, [1, 2], "error_sweep(the example, [1, 2])")
    judge_sweep(function, spread_photo(20, 30), [4, 1, 2, 1])
    judge_sweep(function, _CLOSE, [2, 1])
    return correct("error_sweep")


def more_error_sweep(function, *lists):
    """Check a student's ``error_sweep`` for more lists of k, on another photo."""
    image = spread_photo(7, 60, ((130, 255), (0, 90), (40, 200)), seed=3)
    for ks in lists:
        judge_sweep(function, image, ks)
    return correct("error_sweep")


def judge_sweep(function, image, ks, shown=None):
    """Check that ``error_sweep(image, ks)`` holds both errors for each k, to within 10 %."""
    shown = shown or f"error_sweep(a color image of shape {image.shape}, {ks})"
    expected = _sweep(image, ks, squared_error)
    answer = ask("error_sweep", function, image, ks, shown=shown)
    rows = "a row for each k, with the columns global and channel-wise"
    shapes = (
        (expected.shape[::-1], "a row for each k; .T turns columns into rows"),
        ((1, 2), "one row only, so perhaps the return line stands inside the loop"),
        ((2,), "one row only, so perhaps the return line stands inside the loop"),
        ((len(set(ks)), 2), "a row for each entry of ks, also for one that comes twice"),
        ((2 * len(ks),), f"{rows}; np.array of a list of rows keeps them apart"),
    )
    shapes = [(shape, words) for shape, words in shapes if shape != expected.shape]
    answer.is_array(expected.shape, meaning=rows, hints=shapes)
    return answer.equals(
        expected, rtol=_SLACK - 1, atol=0.05, hints=_sweep_hints(image, ks, expected)
    )


def _sweep_hints(image, ks, expected):
    """List what known mistakes make of a sweep, and how to mend them."""
    wraps = "the difference of two uint8 arrays wraps around; convert them first"
    wrong = [
        (expected[:, ::-1], "the first column is global, the second channel-wise"),
        (_sweep(image, ks, _wrapped_error), wraps),
        (_sweep(image, ks, _twice_wrapped_error), wraps),
        (expected**0.5, "this is the root of the mean squared error; leave the root out"),
        (expected * 3, "divide by the number of intensities, not of pixels"),
        (expected * image.size, "this is the sum of the squares; take the mean"),
        (expected * [1, 3], "the channel-wise error is the mean over the channels, not the sum"),
        (expected[np.argsort(ks, kind="stable")], "the rows come in the order of ks"),
        (np.floor(expected), "an integer array cuts decimals off, so make it one of floats"),
        (np.rint(expected), "keep the decimals of the errors"),
    ]
    if expected.shape == (2, 2):
        wrong.append((expected.T, "a row for each k, with the columns global and channel-wise"))
    return certain([each for each in wrong if not near(each[0], expected, rtol=0.1, atol=0.05)])


def _sweep(image, ks, error):
    cuts = ("global", "channel")
    return np.array(
        [[error(image, quantize(image, int(k), cut).image) for cut in cuts] for k in ks]
    )


def _wrapped_error(original, quantized):
    """Return what comes out where uint8 wraps around, in the difference alone."""
    return float(np.mean((original - quantized).astype(float) ** 2))


def _twice_wrapped_error(original, quantized):
    """Return what comes out where uint8 wraps around, in the difference and in its square."""
    return float(np.mean((original - quantized) ** 2))


# Exercise 4


def check_photo_where_channels_win(function):
    """Check a student's ``photo_where_channels_win(height, width)``."""
    judge_photo(function, 9, 11)
    gain = judge_photo(function, 40, 60)
    return correct("photo_where_channels_win", f"Score: {gain:.1f} % less error channel-wise.")


def more_photo_where_channels_win(function, *sizes):
    """Check a student's ``photo_where_channels_win`` in more sizes."""
    for height, width in sizes:
        judge_photo(function, height, width)
    return correct("photo_where_channels_win")


def judge_photo(function, height, width):
    """Check that ``photo_where_channels_win(height, width)`` is a photo where channels win.

    Returns
    -------
    float
        By how many percent the channel-wise error at k = 2 is below the global one; or
        `NotYet` is raised.
    """
    answer = is_rounded(ask("photo_where_channels_win", function, height, width))
    shapes = (
        ((width, height, 3), "the height comes first"),
        ((3, height, width), "the channels come last"),
        ((height, width), "a color image has three channels"),
    )
    answer.is_array((height, width, 3), np.uint8, meaning="(height, width, channels)", hints=shapes)
    image = np.asarray(answer.value)
    for name, channel in zip("RGB", np.moveaxis(image, -1, 0), strict=True):
        count = len(np.unique(channel))
        answer.is_true(
            count >= _INTENSITIES,
            f"has {count} different {'intensity' if count == 1 else 'intensities'} in {name}, but "
            f"at least {_INTENSITIES} are asked for in each channel.",
        )
    shared, own = _sweep(image, [2], squared_error)[0]
    answer.is_true(
        own <= shared / 2 + 1e-9,
        f"has a channel-wise error of {own:.1f} and a global one of {shared:.1f} at k=2, but at "
        f"most half of it is expected: {_photo_hint(own, shared)}.",
    )
    return 100 - 100 * own / shared


def _photo_hint(own, shared):
    if own > 0.9 * shared:
        return "the channels should have histograms in different places"
    return "move the histograms of the channels further apart, or make each narrower"


# The errors of several channels


def _best_levels(image, k):
    return [codebook.ravel() for codebook in quantize(image, k, "channel").codebooks]


def _best_of(values, k):
    """Return the best k levels for all these intensities together."""
    return quantize(np.reshape(values, (-1, 1)), k).codebooks[0].ravel()


def _level_error(image, channel, levels):
    """Return the mean squared distance of a channel's intensities to their nearest level."""
    values = image[..., channel].reshape(-1, 1).astype(float)
    return float(np.square(values - np.ravel(levels)).min(axis=1).mean())


def _within(answer, own, best, what, hint):
    """Climb the rung "the error of each channel is at most 10 % above the best"."""
    for name, error, least in zip("RGB", own, best, strict=True):
        answer.is_true(
            error <= _SLACK * least + 1e-3,
            f"{what} for {name} with a mean squared error of {_short(error)}, but the best "
            f"possible is {_short(least)}, and at most 10 % more is expected{hint}.",
        )
    return answer


def _short(error):
    return f"{error:,.0f}" if error >= 1000 else f"{error:.4g}"
