"""What the visible tests of lesson 01 say."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct

_EDGES = (
    "np.arange(256) as bins is 256 edges, which make 255 bins, and 254 and 255 share the last "
    "one; np.arange(257) makes 256"
)
_SHORT = (
    "np.arange(256) as bins makes 255 bins, and range(255) ends at 254; take np.arange(257) or "
    "range(256)"
)
_ONLY = "there is an entry for each of 0 to 255, also for those that do not occur"
_NARROW = "bins=256 alone spans the smallest to the largest intensity; say range=(0, 256) too"
# Pairs that are one where a color is numbered with too small a base, or written without gaps.
_EASILY_ALIKE = (
    ((0, 0, 255), (0, 1, 0)),
    ((0, 255, 0), (1, 0, 0)),
    ((0, 0, 1), (0, 1, 0)),
    ((0, 0, 100), (0, 1, 0)),
    ((0, 10, 0), (1, 0, 0)),
    ((1, 23, 4), (12, 3, 4)),
)
_ENTRIES = "one entry for each intensity"
_PAIR = "is two results: np.histogram returns the counts and the edges of the bins, keep the first"


def check_intensity_histogram(function):
    """Check a student's ``intensity_histogram(image)``."""
    gray = np.array([[7, 0, 7], [254, 255, 255]], dtype=np.uint8)
    name = "intensity_histogram"
    answer = _without_edges(ask(name, function, gray))
    lengths = (((255,), _SHORT), ((4,), _ONLY))
    answer.is_array((256,), whole=True, meaning=_ENTRIES, hints=lengths).equals(
        _histogram(gray),
        hints=(
            ([*_histogram(gray)[:254], 3, 0], _EDGES),
            (_histogram(gray) > 0, "count how often each intensity occurs, not whether it does"),
            (_histogram(gray[0]), "the second row counts as well"),
            (_histogram(gray[gray < 255]), "255 counts too, and range(255) ends at 254"),
            (_histogram(gray[gray > 0]), "0 counts too"),
        ),
    )
    _check_middle_intensities(function)
    _check_many(function)
    color = np.array([[[1, 2, 3], [3, 2, 9]]], dtype=np.uint8)
    shown = f"{name}(a color image of shape (1, 2, 3))"
    ask(name, function, color, shown=shown).is_array((256,), whole=True).equals(
        _histogram(color),
        hints=((_histogram(color[..., 0]), "the intensities of all three channels count"),),
    )
    return correct(name)


def check_channel_histograms(function):
    """Check a student's ``channel_histograms(image)``."""
    image = np.zeros((2, 4, 3), dtype=np.uint8)
    image[...] = 10, 20, 255
    image[1, 1:] = 30, 40, 0
    red, green, blue = expected = np.array([_histogram(image[..., i]) for i in range(3)])
    answer = ask("channel_histograms", function, image)
    answer.is_array(
        (3, 256),
        whole=True,
        meaning="one row for each of R, G, B",
        hints=(
            ((256, 3), "a row for each channel, not a column; .T turns one into the other"),
            ((256,), "count each channel by itself"),
            ((3, 255), _SHORT),
        ),
    ).equals(
        expected,
        hints=(
            ([blue, green, red], "the order is R, G, B"),
            ([np.histogram(image[..., i], 256)[0] for i in range(3)], _NARROW),
            ([_histogram(image)] * 3, "each row counts one channel only, such as image[..., 0]"),
            (
                [_histogram(part) for part in image.reshape(3, -1)],
                "reshape(3, -1) cuts the image in thirds; channel i is image[..., i]",
            ),
        ),
    )
    plain = np.full((20, 30, 3), (7, 255, 0), dtype=np.uint8)
    expected = np.array([_histogram(plain[..., i]) for i in range(3)])
    shown = "channel_histograms(600 pixels of the color (7, 255, 0))"
    ask("channel_histograms", function, plain, shown=shown).is_array((3, 256), whole=True).equals(
        expected,
        hints=(
            (expected % 256, "600 has no room in uint8, which starts again at 0 after 255"),
            (expected > 0, "each pixel counts, also where many are alike"),
        ),
    )
    return correct("channel_histograms")


def check_density(function):
    """Check a student's ``density(counts)``."""
    one = np.zeros(256, dtype=int)
    one[[0, 100, 255]] = 2, 1, 5
    _check_one_density(function, one)
    _check_one_density(function, one.astype(float))
    three = np.stack([one, one[::-1] * 3, np.ones(256, dtype=int)])
    ask("density", function, three).is_array((3, 256)).equals(
        three / three.sum(axis=-1, keepdims=True),
        hints=(
            (three / three.sum(), "each row sums to 1: sum along the last axis"),
            (three / three.sum(axis=0), "sum along the last axis, this is along the first"),
        ),
    )
    ask("density", function, np.ones((2, 3, 256))).is_array((2, 3, 256)).equals(
        np.full((2, 3, 256), 1 / 256),
        hints=[
            (np.full((2, 3, 256), 1 / total), "sum along the last axis, axis=-1")
            for total in (2, 3, 768, 1536)
        ],
    )
    return correct("density")


def check_count_colors(function):
    """Check a student's ``count_colors(image)``."""
    a, b, c, d = (10, 20, 30), (30, 20, 10), (0, 0, 60), (10, 21, 30)
    image = np.array([[d, d], [c, a], [b, c], [a, b], [b, d]], dtype=np.uint8)
    shown = f"count_colors(10 pixels in the four colors {a}, {b}, {c}, {d})"
    alike = "it takes some of the four for one color; each intensity counts, and their order too"
    ask("count_colors", function, image, shown=shown).is_number(whole=True).equals(
        4,
        hints=(
            (6, "6 is the number of intensities; a color is three of them together"),
            (10, "10 is the number of pixels; count a color once, np.unique takes axis=0 for that"),
            (12, "12 intensities make up the four colors; count the colors, len() does"),
            (2, alike),
            (3, alike),
            (5, "5 is the number of rows; make a list of pixels first, with reshape(-1, 3)"),
            (9, "a color is a row of reshape(-1, 3), its three intensities together"),
            (27, "three intensities do not meet in every combination"),
        ),
    )
    for pair in _EASILY_ALIKE:
        _check_two_colors(function, *pair)
        _check_two_colors(function, *(color[::-1] for color in pair))
    plain = np.full((2, 3, 3), 200, dtype=np.uint8)
    shown = "count_colors(an image of one color)"
    ask("count_colors", function, plain, shown=shown).is_number(whole=True).equals(1)
    return correct("count_colors")


def check_busiest_range(function):
    """Check a student's ``busiest_range(counts, width)``."""
    counts = np.zeros(256, dtype=int)
    counts[100:105] = 4, 0, 3, 3, 2
    wide = "counts[start : start + width] has width entries, this window has one more"
    narrow = "a window is counts[start : start + width], with no count missing at its end"
    early = "this is one too early; cumulated sums need a 0 before the first"
    total = "this is the total of the window; return where it starts"
    behind = "this is behind the end of the window; return where it starts"
    first = [(102, wide), (0, narrow), (99, early), (4, total), (101, behind)]
    _check_one_range(function, counts, 1, 100, first)
    _check_one_range(
        function,
        counts,
        3,
        102,
        [
            (8, total),
            (100, "the most frequent intensity need not be in the busiest window"),
            (103, "103 is the middle of the window; return where it starts"),
            (104, "104 is the end of the window; return where it starts"),
            (105, behind),
        ],
    )
    tie = "the windows from 99 and from 100 have the same total; return the smaller start"
    _check_one_range(function, counts, 6, 99, [(100, tie)])
    _check_last_run(function)
    return correct("busiest_range")


def _without_edges(answer):
    """Climb the rung "the counts alone, without the edges that np.histogram returns too"."""
    value = answer.value
    return answer.is_true(not (isinstance(value, tuple) and len(value) in (2, 3)), f"{_PAIR}.")


def _check_middle_intensities(function):
    """Check a row without 0 and 255: the bins must not depend on what occurs."""
    row = np.array([5, 200, 200, 6], dtype=np.uint8)
    short = "intensities above the largest one count 0 times; np.bincount takes minlength=256"
    ask("intensity_histogram", function, row).is_array(
        (256,),
        whole=True,
        meaning=_ENTRIES,
        hints=(((201,), short), ((3,), _ONLY), ((196,), _ONLY)),
    ).equals(_histogram(row), hints=((np.histogram(row, 256)[0], _NARROW),))


def _check_many(function):
    image = np.full((20, 20), 7, dtype=np.uint8)
    shown = "intensity_histogram(an image of 400 sevens)"
    wrapped = "400 has no room in uint8, which starts again at 0 after 255; count in int"
    ask("intensity_histogram", function, image, shown=shown).is_array((256,), whole=True).equals(
        _histogram(image), hints=((_histogram(image) % 256, wrapped),)
    )


def _check_one_density(function, counts):
    ask("density", function, counts).is_array((256,)).equals(
        counts / 8,
        hints=(
            (counts, "these are the counts as they came; divide by their sum"),
            (counts // 8, "// cuts decimals off, and so does writing into an array of integers"),
            (counts / 5, "divide by the sum of the counts, this is by the largest"),
            (counts / 256, "divide by the sum of the counts, this is by their number"),
            (counts / 8 * 100, "shares of 1 are meant, not percent"),
        ),
    )


def _check_two_colors(function, first, second):
    image = np.array([[first, second]], dtype=np.uint8)
    shown = f"count_colors(two pixels, {first} and {second})"
    room = "give no two colors one number: (R * 256 + G) * 256 + B does that, in a large type"
    ask("count_colors", function, image, shown=shown).is_number(whole=True).equals(
        2, hints=((1, room),)
    )


def _check_one_range(function, counts, width, expected, hints):
    shown = f"busiest_range(counts, {width}), with counts[100:105] = 4, 0, 3, 3, 2 and 0 elsewhere,"
    answer = ask("busiest_range", function, counts, width, shown=shown)
    answer.is_number(whole=True).equals(expected, hints=hints)


def _check_last_run(function):
    counts = np.zeros(256, dtype=int)
    counts[[0, 50, 254, 255]] = 5, 6, 4, 3
    shown = "busiest_range(counts, 2), with counts[254:] = 4, 3 and less elsewhere,"
    ask("busiest_range", function, counts, 2, shown=shown).is_number(whole=True).equals(
        254,
        hints=(
            (255, "a window must end at 255 at the latest, it does not go on at 0"),
            (49, "the last window starts at 256 - width; try that one too"),
            (50, "the last window starts at 256 - width; try that one too"),
        ),
    )


def _histogram(image):
    return np.bincount(np.ravel(image), minlength=256)
