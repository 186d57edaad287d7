"""What the tests of lesson 01 say."""

import numpy as np

from kquant_helpers.checks.ladder import NotYet, ask, correct

REFUSED = {
    "intensity_histogram": {
        "intensity_counts": "count with np.bincount, np.histogram, or a loop of your own"
    },
    "count_colors": {
        "count_colors_used": "make a list of pixels and count the distinct ones, with np.unique "
        "or a set"
    },
}

HINTS = {
    "intensity_histogram": (
        "image.ravel() lays the entries of an image of any shape out in one row. After that one "
        "loop, or one call of NumPy, is enough.",
        "np.bincount(row) counts 0, 1, 2, … up to the largest value that occurs. Its parameter "
        "minlength says how many entries there must be at least.",
    ),
    "channel_histograms": (
        "Count one channel first: kq.intensity_counts(image[..., 0]) is the row of red.",
        "Do so for i = 0, 1, 2, collect the three rows in a list, and make an array of it with "
        "np.array(rows) or np.stack(rows).",
    ),
    "density": (
        "For one histogram it is counts / counts.sum(). For several, each needs a sum of its own: "
        "axis=-1 sums along the last axis.",
        "counts.sum(axis=-1, keepdims=True) has the shape (3, 1) for counts of shape (3, 256), "
        "and an array of that shape divides each row by its own sum.",
    ),
    "count_colors": (
        "image.reshape(-1, 3) is a table with a row for each pixel. How many different rows does "
        "it have?",
        "np.unique(table, axis=0) returns each different row once. How many rows is that? len() "
        "tells.",
    ),
    "busiest_range": (
        "The total of one window is counts[start : start + width].sum(). Compute it for each "
        "start that is possible, from 0 to 256 - width.",
        "range(256 - width + 1) goes over these starts. Collect the totals in a list; "
        "np.argmax(totals) is the place of the first largest one.",
    ),
}


def check_intensity_histogram(function):
    """Check a student's ``intensity_histogram(image)``."""
    name = "intensity_histogram"
    gray = np.array([[7, 0, 7], [254, 255, 255]], dtype=np.uint8)
    answer = _without_edges(_ask_any_shape(name, function, gray))
    answer.is_array((256,), whole=True, meaning=_ENTRIES, hints=_LENGTHS).equals(
        _histogram(gray), hints=_gray_hints(gray)
    )
    _check_row(function)
    _check_many(function)
    _check_color(function)
    four_axes = np.arange(24, dtype=np.uint8).reshape(2, 3, 1, 4) // 5
    _judge_histogram(function, four_axes, "an array of shape (2, 3, 1, 4)")
    _is_of_integers(answer)
    return correct(name)


def more_intensity_histogram(function, *seeds):
    """Judge a student's ``intensity_histogram`` on images of many shapes."""
    shapes = ((1, 1), (1000,), (7, 11), (5, 4, 3), (3, 2, 4, 5), (2, 300, 3))
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for low, high in ((0, 256), (30, 90), (255, 256), (0, 1)):
            for shape in shapes:
                image = rng.integers(low, high, shape, dtype=np.uint8)
                _judge_histogram(function, image, f"an image of shape {shape}")
    for image in (np.full((220, 300), 254), np.arange(256), np.arange(255, 0, -1)):
        _judge_histogram(function, image.astype(np.uint8), f"an image of shape {image.shape}")
    return correct("intensity_histogram")


def check_channel_histograms(function):
    """Check a student's ``channel_histograms(image)``."""
    image = np.full((3, 4, 3), (10, 20, 255), dtype=np.uint8)
    image[1, 1:] = 30, 40, 0
    image[2, 0] = 30, 20, 8
    pixels = "8 pixels (10, 20, 255), 3 pixels (30, 40, 0), 1 pixel (30, 20, 8)"
    answer = _without_edges(
        ask("channel_histograms", function, image, shown=f"channel_histograms({pixels})")
    )
    answer.is_array((3, 256), whole=True, meaning=_ROWS, hints=_ROW_SHAPES).equals(
        _channel_rows(image), hints=_channel_hints(image)
    )
    _check_many_of_one_color(function)
    _is_of_integers(answer)
    return correct("channel_histograms")


def more_channel_histograms(function, *seeds):
    """Judge a student's ``channel_histograms`` on images drawn at random."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for shape in ((1, 1, 3), (3, 3, 3), (7, 2, 3), (4, 9, 3), (1, 300, 3)):
            for low, high in ((0, 256), (40, 60)):
                image = rng.integers(low, high, shape, dtype=np.uint8)
                answer = ask("channel_histograms", function, image)
                answer.is_array((3, 256), whole=True, meaning=_ROWS).equals(
                    _channel_rows(image), rtol=0
                )
                _is_of_integers(answer)
    return correct("channel_histograms")


def check_density(function):
    """Check a student's ``density(counts)``."""
    one = np.zeros(256, dtype=int)
    one[[0, 100, 255]] = 2, 1, 5
    _check_one_density(function, one)
    _check_one_density(function, one.astype(float))
    three = np.stack([one, one[::-1] * 1_000_000, np.ones(256, dtype=int)])
    _ask_density(function, three).is_array((3, 256)).equals(
        three / three.sum(axis=-1, keepdims=True),
        atol=_TINY,
        hints=(
            (three / three.sum(), "each row sums to 1 by itself: sum along the last axis"),
            (three / three.sum(axis=0), "sum along the last axis, this is along the first"),
            (
                three / three.sum(axis=-1, keepdims=True) * [[1], [0], [0]],
                "the rows after the first are 0; if return stands inside the loop, it comes too "
                "early",
            ),
        ),
    )
    _check_more_axes(function)
    return correct("density")


def more_density(function, *seeds):
    """Judge a student's ``density`` on small and large counts of many shapes."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for shape in ((256,), (1, 256), (3, 256), (5, 256), (4, 2, 256), (256, 256)):
            for largest in (3, 250, 5_000_000):
                counts = rng.integers(0, largest, shape)
                counts[..., 255] += 1
                shares = counts / counts.sum(axis=-1, keepdims=True)
                for given in (counts, counts.astype(float)):
                    answer = _ask_density(function, given).is_array(shape)
                    answer.equals(shares, atol=_TINY)
    return correct("density")


def check_count_colors(function):
    """Check a student's ``count_colors(image)``."""
    a, b, c, d = (10, 20, 30), (30, 20, 10), (0, 0, 60), (10, 21, 31)
    rows = [[d, d], [d, c], [c, a], [b, c], [a, b], [b, b], [c, a]]
    image = np.array(rows, dtype=np.uint8)
    shown = f"count_colors(14 pixels in the four colors {a}, {b}, {c}, {d})"
    answer = ask("count_colors", function, image, shown=shown)
    answer.is_number(whole=True).equals(4, hints=_COLOR_HINTS)
    for pair in _EASILY_ALIKE:
        _check_two_colors(function, *pair)
        _check_two_colors(function, *(color[::-1] for color in pair))
    _check_corners(function)
    many = _colors_of(0, 1, 2, 10, 11, 12, 23, 99, 100, 128).reshape(20, 50, 3)
    shown = "count_colors(1,000 pixels, each of another color)"
    ask("count_colors", function, many, shown=shown).is_number(whole=True).equals(1000, rtol=0)
    plain = np.full((2, 3, 3), 200, dtype=np.uint8)
    shown = "count_colors(an image of one color)"
    ask("count_colors", function, plain, shown=shown).is_number(whole=True).equals(1)
    return correct("count_colors")


def more_count_colors(function, *seeds):
    """Judge a student's ``count_colors`` on images with more colors."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        twice = rng.permutation(np.tile(_colors_of(0, 1, 254, 255), (2, 1))).reshape(8, 16, 3)
        for image in (twice, twice[:1, :1], twice[:3, :2]):
            _judge_count(function, image)
        for low, high in ((0, 256), (0, 3), (250, 256)):
            for shape in ((20, 30, 3), (3, 7, 3)):
                _judge_count(function, rng.integers(low, high, shape, dtype=np.uint8))
    return correct("count_colors")


def check_busiest_range(function):
    """Check a student's ``busiest_range(counts, width)``."""
    counts = np.zeros(256, dtype=int)
    counts[100:105] = 4, 0, 3, 3, 2
    start = "return where it starts"
    _check_one_range(
        function,
        counts,
        1,
        100,
        [
            (102, "the count at 102 is 3, and at 100 it is 4"),
            (0, "the count at 0 is 0, and at 100 it is 4"),
            (99, "this is one too early; if you use np.cumsum, put a 0 before its first entry"),
            (4, f"4 is the total of the window; {start}"),
            (101, f"101 is behind the end of the window; {start}"),
        ],
    )
    _check_one_range(
        function,
        counts,
        3,
        102,
        [
            (8, f"8 is the total of the window; {start}"),
            (100, "the total from 100 is 4 + 0 + 3 = 7, and from 102 it is 3 + 3 + 2 = 8"),
            (103, f"103 is the middle of the window; {start}"),
            (104, f"104 is the end of the window; {start}"),
            (105, f"105 is behind the end of the window; {start}"),
        ],
    )
    tie = "the windows from 99 and from 100 have the same total; return the smaller start"
    _check_one_range(function, counts, 6, 99, [(100, tie)])
    _check_last_window(function)
    _check_wide_windows(function)
    _check_large_counts(function)
    return correct("busiest_range")


def more_busiest_range(function, *seeds):
    """Judge a student's ``busiest_range`` on many counts and widths."""
    ends, steps = np.zeros(256, dtype=int), np.arange(256) // 64
    ends[[0, 1, 254, 255]] = 8, 7, 8, 9
    fixed = [ends, ends[::-1].copy(), np.ones(256, dtype=int), steps, steps[::-1] * 40_000]
    for seed in seeds:
        rng = np.random.default_rng(seed)
        drawn = [rng.integers(0, largest, 256) for largest in (2, 4, 60_000)]
        for counts in (*fixed, *drawn, drawn[-1].astype(float)):
            for width in (1, 2, 3, 8, 63, 128, 255, 256):
                totals = [sum(counts.tolist()[i : i + width]) for i in range(257 - width)]
                answer = ask("busiest_range", function, counts, width).is_number(whole=True)
                answer.equals(totals.index(max(totals)), rtol=0)
    return correct("busiest_range")


# Shares are small numbers, and a share that was rounded to six digits is wrong.
_TINY = 1e-9


# Histograms

_ENTRIES = "one entry for each intensity"
_ONLY = "there is an entry for each of 0 to 255, also for those that do not occur"
_SHORT = (
    "np.arange(256) as bins makes 255 bins, and range(255) ends at 254; take np.arange(257) or "
    "range(256)"
)
_LONG = (
    "these look like 257 edges of bins; np.histogram returns the counts and the edges, in this "
    "order"
)
_NARROW = "bins=256 alone spans the smallest to the largest intensity; say range=(0, 256) too"
_LENGTHS = (((255,), _SHORT), ((4,), _ONLY), ((257,), _LONG))
_AXES_COUNTED = (
    "to unpack",
    "too many indices",
    "tuple index out of range",
    "only 0-dimensional",
    "only length-1",
    "only integer scalar arrays",
)
_PAIR = "holds pairs: np.histogram returns the counts and the edges of the bins, keep the first"


def _histogram(image):
    return np.bincount(np.ravel(image), minlength=256)


def _ask_any_shape(name, function, image, shown=None):
    """Ask; where the answer counts on a number of axes, say how it need not."""
    try:
        return ask(name, function, image, shown=shown)
    except NotYet as reply:
        told = str(reply)
        if not any(words in told for words in _AXES_COUNTED):
            raise
        told = told.split(": a gray image has")[0].rstrip(".")
        axes = "one axis" if image.ndim == 1 else f"{image.ndim} axes"
        raise NotYet(
            f"{told}: this image has {axes}, and image.ravel() lays out the entries of any image "
            "in one row."
        ) from None


def _judge_histogram(function, image, shown):
    name = "intensity_histogram"
    answer = _ask_any_shape(name, function, image, f"{name}({shown})")
    answer.is_array((256,), whole=True, meaning=_ENTRIES).equals(_histogram(image), rtol=0)
    return _is_of_integers(answer)


def _is_of_integers(answer):
    """Climb the rung "counts are integers, not floats that happen to be whole"."""
    kind = np.asarray(answer.value).dtype
    return answer.is_true(
        kind.kind in "iu",
        f"has the type {kind}, but counts are integers: np.zeros(256, dtype=int) makes room for "
        "integers, and .astype(int) converts.",
    )


def _without_edges(answer):
    """Climb the rung "the counts alone, without the edges that np.histogram returns too"."""
    value = answer.value
    parts = (value, *value) if isinstance(value, (list, tuple)) else ()
    pair = any(isinstance(part, tuple) and len(part) == 2 for part in parts)
    return answer.is_true(not pair, f"{_PAIR}.")


def _gray_hints(gray):
    counts = _histogram(gray)
    return (
        (
            [*counts[:254], 3, 0],
            "254 and 255 share an entry; np.arange(256) as bins is 256 edges, which make 255 "
            "bins, and np.arange(257) makes 256",
        ),
        (
            counts > 0,
            "7 and 255 occur twice, and each time counts; counts[image] += 1 adds 1 to a place "
            "once only, np.bincount or a loop counts each",
        ),
        (_histogram(gray[0, :1]), "this is the first pixel only; return comes after the loops"),
        (
            _histogram(gray[0]),
            "the second row counts as well; if return stands inside the loop, it comes too early",
        ),
        (_histogram(gray[gray < 255]), "255 counts too, and range(255) ends at 254"),
        (_histogram(gray[gray > 0]), "0 counts too"),
        (np.cumsum(counts), "each entry counts one intensity only, these counts are added up"),
        (np.arange(256), "these are the intensities; count how often each of them occurs"),
    )


def _check_row(function):
    """Check a row without 0 and 255: the bins must not depend on what occurs."""
    row = np.array([5, 200, 200, 6], dtype=np.uint8)
    short = "intensities above the largest one count 0 times; np.bincount takes minlength=256"
    _ask_any_shape("intensity_histogram", function, row).is_array(
        (256,),
        whole=True,
        meaning=_ENTRIES,
        hints=(((201,), short), ((3,), _ONLY), ((196,), _ONLY)),
    ).equals(_histogram(row), hints=((np.histogram(row, 256)[0], _NARROW),))


def _check_many(function):
    image = np.full((220, 300), 7, dtype=np.uint8)
    counts = _histogram(image)
    small = "66,000 has no room in {}, which starts again at 0 after {}; count in int"
    _ask_any_shape(
        "intensity_histogram", function, image, "intensity_histogram(an image of 66,000 sevens)"
    ).is_array((256,), whole=True).equals(
        counts,
        rtol=0,
        hints=(
            (counts % 256, small.format("uint8", "255")),
            (counts % 65536, small.format("uint16", "65,535")),
        ),
    )


def _check_color(function):
    color = np.array([[[1, 1, 3], [3, 2, 9]]], dtype=np.uint8)
    once = np.zeros(256, dtype=int)
    for pixel in color[0]:
        once[pixel] += 1
    shown = "intensity_histogram(a color image with the pixels (1, 1, 3) and (3, 2, 9))"
    _ask_any_shape("intensity_histogram", function, color, shown).is_array(
        (256,), whole=True
    ).equals(
        _histogram(color),
        hints=(
            (_histogram(color[..., 0]), "the intensities of all three channels count"),
            (once, "1 occurs twice in the first pixel, and counts[pixel] += 1 adds 1 only once"),
            (
                _histogram(color.mean(axis=-1).astype(np.uint8)),
                "the three intensities of a pixel count by themselves, not their mean",
            ),
        ),
    )


# Channels

_ROWS = "one row for each of R, G, B"
_ROW_SHAPES = (
    ((256, 3), "a row for each channel, not a column; .T turns one into the other"),
    ((256,), "count each channel by itself"),
    ((1, 256), "count each channel by itself"),
    ((3, 255), _SHORT),
    ((768,), "the three rows stand one behind the other; np.stack lays them below each other"),
)


def _channel_rows(image):
    return np.array([_histogram(image[..., i]) for i in range(3)])


def _channel_hints(image):
    red, green, blue = _channel_rows(image)
    slices = "channel i is image[..., i]"
    return (
        ([blue, green, red], "the order is R, G, B"),
        ([red, red, red], f"all three rows count red; {slices}"),
        ([_histogram(image)] * 3, f"each row counts one channel only; {slices}"),
        (
            [np.histogram(image[..., i], 256)[0] for i in range(3)],
            _NARROW,
        ),
        (
            [_histogram(image[i]) for i in range(3)],
            f"these are the three rows of the image, counted; {slices}",
        ),
        (
            [_histogram(image[:, i]) for i in range(3)],
            f"these are columns of the image, counted; {slices}",
        ),
        ([red, [0] * 256, [0] * 256], "green and blue are still empty; return comes after a loop"),
    )


def _check_many_of_one_color(function):
    plain = np.full((220, 300, 3), (7, 255, 0), dtype=np.uint8)
    expected = _channel_rows(plain)
    small = "66,000 has no room in {}, which starts again at 0 after {}; count in int"
    shared = np.roll(expected, -1, axis=1) * (np.arange(3) == 1)[:, np.newaxis]
    shown = "channel_histograms(66,000 pixels of the color (7, 255, 0))"
    ask("channel_histograms", function, plain, shown=shown).is_array((3, 256), whole=True).equals(
        expected,
        rtol=0,
        hints=(
            (expected % 256, small.format("uint8", "255")),
            (expected % 65536, small.format("uint16", "65,535")),
            (expected > 0, "each pixel counts, also where many are alike"),
            (
                shared + expected * (np.arange(3) != 1)[:, np.newaxis],
                "255 is counted as 254; 256 bins need 257 edges",
            ),
        ),
    )


# Densities


def _ask_density(function, counts):
    """Ask; where sums do not fit the counts, say how they do."""
    try:
        return ask("density", function, counts)
    except NotYet as reply:
        told, broadcast, _ = str(reply).partition(": these shapes do not fit")
        if not broadcast:
            raise
        raise NotYet(
            f"{told}: with keepdims=True the sums keep the summed axis, as an axis of length 1, "
            "and fit the counts."
        ) from None


def _check_one_density(function, counts):
    _ask_density(function, counts).is_array(
        (256,), hints=(((1, 256), "keep the shape of the counts"), ((), "each count has its share"))
    ).equals(
        counts / 8,
        atol=_TINY,
        hints=(
            (counts, "these are the counts as they came; divide by their sum"),
            (
                np.zeros(256),
                "shares lie below 1, and an array of integers, or //, cuts their decimals off",
            ),
            (counts / 5, "divide by the sum of the counts, this is by the largest"),
            (counts / 256, "divide by the sum of the counts, this is by their number"),
            (counts / 8 * 100, "shares of 1 are meant, not percent"),
            (np.cumsum(counts) / 8, "each entry is the share of one intensity, these are added up"),
        ),
    )


def _check_more_axes(function):
    """Check sums that differ along each axis: 1, 2, 3 times the counts of another one."""
    factors = np.arange(1, 7).reshape(2, 3, 1)
    counts = factors * (1 + np.arange(256) % 7)
    _ask_density(function, counts).is_array((2, 3, 256)).equals(
        counts / counts.sum(axis=-1, keepdims=True),
        atol=_TINY,
        hints=(
            (counts / counts.sum(), "each histogram sums to 1 by itself: axis=-1 is the last axis"),
            *(
                (counts / counts.sum(axis=axis, keepdims=True), "sum along the last axis, axis=-1")
                for axis in (0, 1, (0, 1), (1, 2))
            ),
        ),
    )


# Colors

# Pairs that are one where a color is numbered with too small a base, or written without gaps.
_EASILY_ALIKE = (
    ((0, 0, 255), (0, 1, 0)),
    ((0, 255, 0), (1, 0, 0)),
    ((0, 0, 1), (0, 1, 0)),
    ((0, 0, 100), (0, 1, 0)),
    ((0, 10, 0), (1, 0, 0)),
    ((1, 23, 4), (12, 3, 4)),
    ((0, 5, 9), (0, 6, 9)),
)
_COLOR_HINTS = (
    (7, "7 is the number of intensities; a color is three of them together"),
    (14, "14 is the number of pixels; count a color once, np.unique takes axis=0 for that"),
    (12, "12 intensities make up the four colors; count the colors, len() does"),
    (6, "6 of the 7 rows of the image differ; make a list of pixels first, with reshape(-1, 3)"),
    (10, "R, G and B take 3, 3 and 4 intensities here; a color is all three together"),
    (1, "this is the first row only; if return stands inside the loop, it comes too early"),
    (36, "R, G and B take 3, 3 and 4 intensities here, and do not meet in every combination"),
    *(
        (
            few,
            "some of the four are taken for one; all three intensities count, exactly, and in "
            "their order",
        )
        for few in (2, 3)
    ),
)


def _check_two_colors(function, first, second):
    image = np.array([[first, second]], dtype=np.uint8)
    shown = f"count_colors(two pixels, {first} and {second})"
    ask("count_colors", function, image, shown=shown).is_number(whole=True).equals(
        2,
        hints=(
            (
                1,
                "the two are taken for one; if each color gets a number, "
                "(R * 256 + G) * 256 + B tells all apart, computed in a larger type than uint8",
            ),
        ),
    )


def _check_corners(function):
    image = _colors_of(0, 255).reshape(2, 4, 3)
    shown = "count_colors(8 pixels, one for each combination of 0 and 255)"
    ask("count_colors", function, image, shown=shown).is_number(whole=True).equals(
        8, hints=((2, "each channel takes 2 intensities, but a color is all three together"),)
    )


def _colors_of(*values):
    """Return all colors that are made of these intensities, uint8, shape (n, 3)."""
    grid = np.meshgrid(values, values, values, indexing="ij")
    return np.stack(grid, axis=-1).reshape(-1, 3).astype(np.uint8)


def _judge_count(function, image):
    colors = len({tuple(pixel) for row in image.tolist() for pixel in row})
    ask("count_colors", function, image).is_number(whole=True).equals(colors, rtol=0)


# Windows


def _check_one_range(function, counts, width, expected, hints):
    shown = f"busiest_range(counts, {width}), with counts[100:105] = 4, 0, 3, 3, 2 and 0 elsewhere,"
    answer = ask("busiest_range", function, counts, width, shown=shown)
    if isinstance(answer.value, tuple):
        answer.is_true(False, "is a tuple, but one number is expected, the start of the window.")
    answer.is_number(whole=True).equals(expected, hints=hints)


def _check_last_window(function):
    counts = np.zeros(256, dtype=int)
    counts[[0, 50, 254, 255]] = 5, 6, 4, 3
    shown = "busiest_range(counts, 2), with counts[254:] = 4, 3 and less elsewhere,"
    last = "the last window starts at 256 - width = 254, and its total is 4 + 3 = 7"
    ask("busiest_range", function, counts, 2, shown=shown).is_number(whole=True).equals(
        254,
        hints=(
            (255, "a window must end at 255 at the latest, it does not go on at 0"),
            (49, last),
            (50, last),
        ),
    )
    counts[[0, 50, 254, 255]] = 5, 8, 0, 4
    shown = "busiest_range(counts, 2), with counts[0], [50], [255] = 5, 8, 4 and 0 elsewhere,"
    stays = "the total from 49 is 0 + 8; a window ends at 255 and does not go on at 0"
    ask("busiest_range", function, counts, 2, shown=shown).is_number(whole=True).equals(
        49, hints=((254, stays), (255, stays))
    )


def _check_wide_windows(function):
    """Check the widths that leave one start and two."""
    counts = np.ones(256, dtype=int)
    for width, starts in ((256, "the only start is 0"), (255, "0 and 1 tie")):
        shown = f"busiest_range(counts of 1 each, {width})"
        answer = ask("busiest_range", function, counts, width, shown=shown)
        answer.is_number(whole=True).equals(0, hints=((1, starts),))


def _check_large_counts(function):
    counts = np.zeros(256, dtype=int)
    counts[[10, 60, 61]] = 50_175, 30_000, 36_000
    shown = "busiest_range(counts, 2), with counts of 50,175 at 10, 30,000 at 60, 36,000 at 61,"
    small = "60 and 61 have 66,000 together, which needs a larger type than 8 or 16 bits"
    ask("busiest_range", function, counts, 2, shown=shown).is_number(whole=True).equals(
        60, hints=((9, small), (10, small), (59, small))
    )
