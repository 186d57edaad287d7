"""What the visible tests of lesson 03 say, and the judges that its hidden tests share."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct, describe
from kquant_helpers.errors import squared_error
from kquant_helpers.quantize import quantize

# An error up to this factor of the best possible is right: plain k-means gets there.
_SLACK = 1.1

_SPANS = ((0, 130), (20, 250), (120, 255))


def grouped_photo(height, width, k, spans=_SPANS, seed=0):
    """Make a photo whose channels fall into k groups of intensities each.

    The groups are as wide as the gaps between them are: k-means finds the best k levels
    from any start. Pixels are shuffled, each channel by itself.

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


def judge_levels(function, image, k, shown=None):
    """Check that ``channel_levels(image, k)`` is within 10 % of the best for each channel.

    Returns the answer, for further rungs.
    """
    answer = ask("channel_levels", function, image, k, shown=shown)
    answer.is_array(
        (3, k),
        meaning="a row of k levels for each of R, G, B",
        hints=(
            ((k, 3), "a row for each channel, not a column; .T turns one into the other"),
            ((k,), "learn the levels of each channel by itself"),
            ((3, image.shape[1]), _ONE_COLUMN),
            ((3, k * image.shape[1]), _ONE_COLUMN),
            ((3, k, image.shape[1]), _ONE_COLUMN),
            ((3, k, 1), "cluster_centers_ is a column of shape (k, 1); .ravel() makes a row of it"),
            ((3 * k,), "np.stack keeps the rows apart, np.concatenate does not"),
        ),
    )
    levels = np.asarray(answer.value)
    answer.is_true(
        levels.dtype.kind == "f",
        "holds integers, but a level is a mean and may lie between two intensities: leave the "
        "levels unrounded.",
    )
    answer.is_true(
        (np.diff(levels, axis=1) >= 0).all(),
        "has a row that does not ascend: np.sort sorts each row.",
    )
    best = np.array([_level_error(image, c, row) for c, row in enumerate(_best_levels(image, k))])
    own = np.array([_level_error(image, c, row) for c, row in enumerate(levels)])
    hint = _levels_hint(image, levels, best)
    return _within(answer, own, best, "has levels", hint)


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


def judge_image(function, image, k, shown=None):
    """Check that ``quantize_channels(image, k)`` is within 10 % of the best for each channel."""
    answer = ask("quantize_channels", function, image, k, shown=shown)
    height, width = image.shape[:2]
    answer.is_array(
        image.shape,
        np.uint8,
        meaning="that of the image",
        hints=(
            ((3, height, width), "the channels come last; np.stack(channels, axis=-1) puts them"),
            ((height * width, 3), "reshape the pixels to the image's shape at the end"),
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


def check_quantize_channels(function):
    """Check a student's ``quantize_channels(image, k)``."""
    judge_image(function, _EXAMPLE, 2, "quantize_channels(the example, 2)")
    for k in (1, 3, 4):
        image = grouped_photo(20, 30, max(k, 2))
        shown = f"quantize_channels(a color image of shape {image.shape}, {k})"
        judge_image(function, image, k, shown)
    return correct("quantize_channels")


def judge_sweep(function, image, ks, shown=None):
    """Check that ``error_sweep(image, ks)`` holds both errors for each k, to within 10 %."""
    shown = shown or f"error_sweep(a color image of shape {image.shape}, {ks})"
    expected = _sweep(image, ks, squared_error)
    wraps = "the difference of two uint8 arrays wraps around; convert them first"
    answer = ask("error_sweep", function, image, ks, shown=shown)
    answer.is_array(
        expected.shape,
        meaning="a row for each k, with the columns global and channel-wise",
        hints=((expected.shape[::-1], "a row for each k; .T turns columns into rows"),),
    )
    return answer.equals(
        expected,
        rtol=_SLACK - 1,
        atol=0.05,
        hints=(
            (expected[:, ::-1], "the first column is global, the second channel-wise"),
            (_sweep(image, ks, _wrapped_error), wraps),
            (expected**0.5, "this is the root of the mean squared error; leave the root out"),
            (expected * 3, "divide by the number of intensities, not of pixels"),
            (expected * image.size, "this is the sum of the squares; take the mean"),
            (
                expected * [1, 3],
                "the channel-wise error is the mean over the channels, not the sum",
            ),
            (expected[np.argsort(ks)], "the rows come in the order of ks"),
            (expected.T, "a row for each k, with the columns global and channel-wise"),
            (_sweep(image, ks, _twice_wrapped_error), wraps),
            (np.floor(expected), "an integer array cuts decimals off, so make it one of floats"),
        ),
    )


def check_error_sweep(function):
    """Check a student's ``error_sweep(image, ks)``."""
    judge_sweep(function, _EXAMPLE, [1, 2], "error_sweep(the example, [1, 2])")
    judge_sweep(function, spread_photo(20, 30), [4, 1, 2])
    return correct("error_sweep")


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


def judge_photo(function, height, width):
    """Check that ``photo_where_channels_win(height, width)`` is a photo where channels win."""
    answer = ask("photo_where_channels_win", function, height, width)
    answer.is_array(
        (height, width, 3),
        np.uint8,
        meaning="(height, width, channels)",
        hints=(
            ((width, height, 3), "the height comes first"),
            ((3, height, width), "the channels come last"),
            ((height, width), "a color image has three channels"),
        ),
    )
    shared, own = _sweep(np.asarray(answer.value), [2], squared_error)[0]
    answer.is_true(
        shared > 0,
        "has a global error of 0 at k=2, and nothing can win against that: use more than two "
        "intensities in all.",
    )
    return answer.is_true(
        own <= shared / 2 + 1e-9,
        f"has a channel-wise error of {own:.1f} and a global one of {shared:.1f} at k=2, but at "
        f"most half of it is expected: {_photo_hint(own, shared)}.",
    )


def check_photo_where_channels_win(function):
    """Check a student's ``photo_where_channels_win(height, width)``."""
    judge_photo(function, 5, 7)
    answer = judge_photo(function, 40, 60)
    shared, own = _sweep(np.asarray(answer.value), [2], squared_error)[0]
    remark = f"Its error at k=2 is {own:.1f} channel-wise and {shared:.1f} globally."
    return correct("photo_where_channels_win", remark)


_ONE_COLUMN = "image[..., i].reshape(-1, 1) is the column of intensities to learn from"

# The example of exercise 1: four pixels, side by side in each of 30 rows.
_EXAMPLE = np.tile(
    np.array([[[10, 60, 0], [11, 50, 252], [11, 50, 3], [203, 60, 255]]], dtype=np.uint8),
    (30, 1, 1),
)


def _best_levels(image, k):
    return [codebook.ravel() for codebook in quantize(image, k, "channel").codebooks]


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


def _levels_hint(image, levels, best):
    swapped = [_level_error(image, c, row) for c, row in enumerate(levels[::-1])]
    if np.all(swapped <= _SLACK * best + 1e-3):
        return ": the order of the rows is R, G, B"
    if np.ptp(levels, axis=0).max() < 1e-6:
        return (
            ": the three rows are alike, so learn each from its own channel, image[..., i] "
            "(image.reshape(3, -1) holds three bands of the image, not its channels)"
        )
    if np.array_equal(levels, np.rint(levels)):
        return ": leave the levels unrounded"
    lows, highs = image.min(axis=(0, 1)), image.max(axis=(0, 1))
    if not np.array_equal(levels.T, np.clip(levels.T, lows, highs)):
        return (
            ": a mean of intensities lies between the smallest and the largest of its channel "
            "(with KMeans the intensities are the samples, and their counts the sample_weight)"
        )
    return ""


def _image_hint(image, result, k, best):
    swapped = squared_error(image, np.ascontiguousarray(result[..., ::-1]), per_channel=True)
    if np.all(swapped <= _SLACK * best + 1e-3):
        return ": the order of the channels is R, G, B"
    if np.array_equal(result, _rounded(image, k, np.floor)):
        return ": converting to uint8 cuts decimals off, so round first, with np.rint"
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


def _photo_hint(own, shared):
    if own > 0.9 * shared:
        return "the channels should have histograms in different places"
    return "move the histograms of the channels further apart, or make each narrower"
