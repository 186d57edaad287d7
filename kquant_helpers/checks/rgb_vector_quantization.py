"""What the visible tests of lesson 04 say, and the judges that its hidden tests share."""

import io

import numpy as np

from kquant_helpers.checks.ladder import NotYet, ask, correct, describe, refuses
from kquant_helpers.errors import squared_error
from kquant_helpers.nearest import nearest_palette_index
from kquant_helpers.photos import load_photo

_WITH_NUMPY = "reshape of NumPy is all that it takes"
_WITH_NUMPY_DRAWS = "draw the pixels with NumPy's generator"
_WITH_KMEANS = "draw the sample yourself and give it to scikit-learn's KMeans"
_WITH_DISTANCES = "compute the squared distances with NumPy, one color after another"
_WITH_INDEXING = "an array of indices between the brackets of a NumPy array does it"
_WITH_PILLOW = "Pillow's putpalette and save do it"

# Whatever of the package does the same, under its name in the facade or in its own room.
REFUSED = {
    "image_to_pixels": dict.fromkeys(("cut_image", "RGB"), _WITH_NUMPY),
    "pixels_to_image": dict.fromkeys(("join_vectors", "RGB"), _WITH_NUMPY),
    "random_palette": dict.fromkeys(("learn", "quantize", "random_codewords"), _WITH_NUMPY_DRAWS),
    "learn_palette": dict.fromkeys(
        (
            "learn",
            "quantize",
            "k_means",
            "random_start_k_means",
            "mini_batch_k_means",
            "sample_k_means",
            "histogram_k_means",
            "median_cut",
            "octree",
            "CentroidNeuralNetwork",
        ),
        _WITH_KMEANS,
    ),
    "nearest_color": dict.fromkeys(
        ("encode", "quantize", "nearest", "nearest_palette_index", "nearest_by_product"),
        _WITH_DISTANCES,
    ),
    "paint": dict.fromkeys(("decode", "quantize"), _WITH_INDEXING),
    "indexed_png": dict.fromkeys(
        ("palette_png_bytes", "encoded_bytes", "quantized_bytes", "save_quantized"), _WITH_PILLOW
    ),
}

HINTS = {
    "image_to_pixels": (
        "The table has 3 columns, and as many rows as there are pixels.",
        "image.reshape(-1, 3) keeps the order of the values; −1 stands for the number of rows.",
    ),
    "pixels_to_image": (
        "The image has the shape (height, width, 3), in this order.",
        "reshape keeps the order of the values, so one call of it undoes image_to_pixels.",
    ),
    "random_palette": (
        "First make the table of pixels, then a generator from the seed; its choice draws rows.",
        "generator.choice(table, k, replace=False) gives k different rows.",
    ),
    "learn_palette": (
        "The steps: table of pixels, generator, sample, KMeans on the sample, centers, rounding.",
        "KMeans(n_clusters=k, n_init=1, random_state=random_state).fit(sample).cluster_centers_ "
        "are the centers; np.rint(…).astype(np.uint8) makes colors of them.",
    ),
    "nearest_color": (
        "Convert image and palette with .astype(int) before anything is subtracted.",
        "For one color: ((image - color) ** 2).sum(axis=-1) has the shape (height, width). "
        "Collect one of these for each color, then np.argmin(distances, axis=0).",
    ),
    "paint": (
        "What does palette[2] give, and what does palette[np.array([2, 0])]?",
        "palette[indices] looks up a whole array of indices and adds an axis for R, G, B.",
    ),
    "indexed_png": (
        "First len(palette), then Image.fromarray of uint8 indices, putpalette, save, getvalue.",
        'putpalette takes palette.ravel().tolist(); save takes the BytesIO and format="PNG".',
    ),
}

# k-means on a sample, from whatever start, stays below this share of the mean error of random
# palettes on the photos of the tests (measured: 0.19 to 0.50 for k of 8 and 16).
_WELL_BELOW = 2 / 3

# The two groups of colors of `two_tone_image`: whole numbers, and how far above them they lie.
_FLOORS = np.array([[20, 40, 10], [200, 180, 220]])
_ABOVE = np.array([[0.85, 0.15, 0.85], [0.15, 0.85, 0.15]])

_ROWS_FIRST = "go through the image row by row: the first row from left to right, then the next"
_HEIGHT_FIRST = "the height comes first in a NumPy shape"
_RGB = "keep the channels in the order R, G, B"


# Images for the tests


def numbered_image(height, width):
    """Make an image whose pixels all differ, and no two of whose axes can be mixed up.

    Examples
    --------
    >>> numbered_image(1, 2)
    array([[[  0, 101, 203],
            [  7, 112, 200]]], dtype=uint8)
    """
    i = np.arange(height * width)
    colors = np.stack([7 * i % 256, 101 + 11 * i, 203 - 3 * i], axis=-1) % 256
    return colors.reshape(height, width, 3).astype(np.uint8)


def shades_image(height, width, seed=0):
    """Make an image of random colors that all differ.

    Examples
    --------
    >>> len(np.unique(shades_image(30, 40).reshape(-1, 3), axis=0))
    1200
    """
    generator = np.random.default_rng(seed)
    codes = generator.choice(1 << 24, height * width, replace=False)
    channels = [codes >> 16, codes >> 8 & 255, codes & 255]
    return np.stack(channels, axis=-1).astype(np.uint8).reshape(height, width, 3)


def repeated_image(height, width):
    """Make an image of three colors, one of which fills half of it.

    Examples
    --------
    >>> len(np.unique(repeated_image(4, 7).reshape(-1, 3), axis=0))
    3
    """
    colors = np.uint8([[9, 0, 80], [200, 7, 5], [9, 0, 80], [3, 3, 3]])
    return np.resize(colors, (height, width, 3))


def two_tone_image(height, width):
    """Make an image of two groups of colors, far apart, and return their rounded means too.

    One pixel in four is of the second group, so halves of the pixels are no groups. A mean
    lies 0.15 or 0.85 above a whole number, so rounding differs from cutting off and from
    rounding up, and a sample is as good as all pixels.

    Returns
    -------
    image : ndarray of uint8, shape (height, width, 3)
    means : ndarray of uint8, shape (2, 3)
        The darker one first.

    Examples
    --------
    >>> two_tone_image(20, 30)[1].tolist()
    [[21, 40, 11], [200, 181, 220]]
    """
    generator = np.random.default_rng(4)
    group = generator.permutation((np.arange(height * width) % 4 == 3).astype(int))
    pixels = _FLOORS[group] + (generator.random((len(group), 3)) < _ABOVE[group])
    image = pixels.reshape(height, width, 3).astype(np.uint8)
    return image, np.rint(_FLOORS + _ABOVE).astype(np.uint8)


def small_photo(name):
    """Return a sample photo, small enough for any test."""
    return load_photo(name, (60, 90))


# image_to_pixels and pixels_to_image


def check_image_to_pixels(function):
    """Check a student's ``image_to_pixels(image)``."""
    judge_pixels(function, numbered_image(2, 4), "image_to_pixels(2 rows of 4 pixels)")
    judge_pixels(function, numbered_image(6, 5))
    judge_pixels(function, repeated_image(3, 5))
    return correct("image_to_pixels")


def more_image_to_pixels(function, *shapes):
    """Check ``image_to_pixels`` on images of these shapes, (height, width)."""
    for height, width in shapes:
        judge_pixels(function, shades_image(height, width))
    return judge_pixels(function, np.full((3, 4, 3), 7, np.uint8))


def judge_pixels(function, image, shown=None):
    """Check a student's ``image_to_pixels(image)``."""
    height, width = image.shape[:2]
    expected = image.reshape(-1, 3)
    answer = ask("image_to_pixels", function, image, shown=shown)
    answer.is_array(
        expected.shape,
        meaning="a row of R, G, B for each pixel",
        hints=(
            ((3, height * width), "one row for each pixel, not for each channel"),
            ((height * width * 3,), "keep the three values of a pixel together in a row"),
            (image.shape, "height and width become one axis"),
        ),
    )
    answer.equals(
        expected,
        hints=(
            (image.transpose(1, 0, 2).reshape(-1, 3), _ROWS_FIRST),
            (image.reshape(3, -1).T, "this mixes values of different pixels"),
            (np.moveaxis(image, -1, 0).reshape(-1, 3), "this mixes values of different pixels"),
            (expected[:, ::-1], _RGB),
            (expected / 255, "keep the values as they are, 0 to 255"),
        ),
    )
    return answer.is_array(expected.shape, image.dtype)


def check_pixels_to_image(function):
    """Check a student's ``pixels_to_image(pixels, height, width)``."""
    judge_back(function, 2, 4)
    judge_back(function, 5, 3)
    return correct("pixels_to_image")


def more_pixels_to_image(function, *shapes):
    """Check ``pixels_to_image`` for images of these shapes, (height, width)."""
    return all(judge_back(function, height, width) for height, width in shapes)


def judge_back(function, height, width):
    """Check a student's ``pixels_to_image(pixels, height, width)``."""
    expected = numbered_image(height, width)
    pixels = expected.reshape(-1, 3)
    answer = ask("pixels_to_image", function, pixels, height, width)
    answer.is_array(
        expected.shape,
        meaning="(height, width, 3)",
        hints=(
            ((width, height, 3), _HEIGHT_FIRST),
            ((3, height, width), "the channels come last"),
        ),
    )
    by_columns = pixels.reshape(width, height, 3).transpose(1, 0, 2)
    return answer.equals(
        expected,
        hints=(
            (by_columns, "the pixels come row by row, not column by column"),
            (pixels.T.reshape(height, width, 3), "this mixes values of different pixels"),
            (expected[..., ::-1], _RGB),
        ),
    )


# random_palette


def check_random_palette(function):
    """Check a student's ``random_palette(image, k, random_state)``."""
    judge_drawn(function, numbered_image(2, 5), 4)
    judge_drawn(function, shades_image(4, 5), 20)
    judge_drawn(function, repeated_image(4, 7), 28, 5)
    judge_draws(function, shades_image(20, 30), 8, range(20))
    return correct("random_palette")


def more_random_palette(function, first, last):
    """Check ``random_palette`` with the seeds from first to last, and on small images."""
    for image in (repeated_image(7, 4), shades_image(6, 5), np.full((5, 3, 3), 90, np.uint8)):
        judge_drawn(function, image, image.shape[0] * image.shape[1], 12)
        judge_drawn(function, image, 1, 3)
    judge_drawn(function, shades_image(1, 1), 1, 3)
    return judge_draws(function, shades_image(62, 35, seed=3), 6, range(first, last + 1))


def judge_drawn(function, image, k, random_state=0):
    """Check that ``random_palette`` gives the colors of k different pixels of the image."""
    answer = ask("random_palette", function, image, k, random_state)
    line = (k, image.shape[1], 3), "a row of an image is a line of pixels: make the table first"
    _is_palette(answer, k, line)
    colors, counts = np.unique(np.asarray(answer.value), axis=0, return_counts=True)
    for color, count in zip(colors, counts, strict=True):
        there = np.count_nonzero((image == color).all(axis=-1))
        answer.is_true(
            there,
            f"holds the color {describe(color)}, but no pixel of the image has it: "
            f"{_foreign_hint(image, color)}.",
        )
        answer.is_true(
            count <= there,
            f"holds the color {describe(color)} more often than the image does: draw "
            "different pixels, with replace=False.",
        )
    return answer


def judge_draws(function, image, k, seeds):
    """Check that palettes of several seeds differ, and that each seed gives its own again.

    The image's pixels must all differ, and be many more than k.
    """
    answers = [judge_drawn(function, image, k, seed) for seed in seeds]
    _same_again(answers[0], judge_drawn(function, image, k, seeds[0]))
    _not_all_alike(answers)
    spans = [_span(image, np.asarray(answer.value)) for answer in answers]
    return answers[0].is_true(
        np.min(np.mean(spans, axis=0)) > 0.5,
        "holds pixels that lie close together, and so do the palettes of other seeds: draw from "
        "the whole image.",
    )


def _foreign_hint(image, color):
    if (image == color[::-1]).all(axis=-1).any():
        return _RGB
    return "draw whole pixels, and leave their values as they are"


def _span(image, palette):
    """Return how far apart the pixels with these colors lie, as shares of height and width."""
    places = [np.argwhere((image == color).all(axis=-1))[0] for color in palette]
    return np.ptp(places, axis=0) / (np.array(image.shape[:2]) - 1)


# learn_palette


def check_learn_palette(function):
    """Check a student's ``learn_palette(image, k, n_samples=1000, random_state=0)``."""
    judge_means(function, 20, 30)
    judge_sample(function, (0, 1, 2))
    judge_seeds(function, "china", 16, (0, 1))
    answer = judge_learned(function, "flower", 16)
    error = _palette_error(small_photo("flower"), np.asarray(answer.value))
    share = error / _random_error(small_photo("flower"), 16)
    return correct("learn_palette", f"Its error is {share:.0%} of that of random palettes.")


def more_learn_palette(function, *cases):
    """Check ``learn_palette`` on photos: (name, k, n_samples) each, k is the seed as well."""
    judge_means(function, 41, 50)
    judge_sample(function, (4, 5, 6))
    judge_seeds(function, "astronaut", 12, (5, 6))
    for photo, k, n_samples in cases:
        judge_learned(function, photo, k, n_samples=n_samples, random_state=k)
    return True


def judge_means(function, height, width):
    """Check that ``learn_palette`` finds two far groups of colors, and rounds their means."""
    image, means = two_tone_image(height, width)
    shown = "learn_palette(an image with two groups of colors, 2)"
    answer = _is_palette(ask("learn_palette", function, image, 2, shown=shown), 2)
    palette = np.asarray(answer.value).astype(int)
    own = palette[np.argsort(palette.sum(axis=1))]
    return answer.is_true(
        np.array_equal(own, means),
        f"holds the colors {describe(own)}, but the rounded means of the two groups are "
        f"{describe(means)}{_means_hint(own, means)}.",
    )


def judge_sample(function, seeds):
    """Check that ``learn_palette`` draws n_samples pixels at random.

    Of a single one its color is left, and each seed draws another.
    """
    image, answers = shades_image(30, 40), []
    for seed in seeds:
        shown = f"learn_palette(an image of 1,200 colors, 1, n_samples=1, random_state={seed})"
        answer = ask("learn_palette", function, image, 1, 1, seed, shown=shown)
        _is_palette(answer, 1)
        answers.append(answer)
        answer.is_true(
            (image == np.asarray(answer.value)).all(axis=-1).any(),
            "is a color that no pixel of the image has, but the mean of one sample is the sample: "
            "draw as many pixels as n_samples says, and keep the order R, G, B.",
        )
    return _not_all_alike(answers)


def judge_seeds(function, photo, k, seeds):
    """Check that ``learn_palette`` repeats itself for a seed, and differs between seeds."""
    answers = [judge_learned(function, photo, k, random_state=seed) for seed in seeds]
    _same_again(answers[0], judge_learned(function, photo, k, random_state=seeds[0]))
    return _not_all_alike(answers, order_counts=False)


def judge_learned(function, photo, k, *, n_samples=1000, random_state=0):
    """Check that the error of ``learn_palette`` is well below that of random palettes."""
    image = small_photo(photo)
    settings = k, n_samples, random_state
    shown = f"learn_palette({photo}, {', '.join(map(str, settings))})"
    answer = _is_palette(ask("learn_palette", function, image, *settings, shown=shown), k)
    palette = np.asarray(answer.value)
    own, drawn = _palette_error(image, palette), _random_error(image, k)
    swapped = _palette_error(image, palette[:, ::-1]) < 0.5 * own
    hint = (
        _RGB
        if swapped
        else "k-means on whole colors, of pixels drawn at random, gets there with ease"
    )
    return answer.is_true(
        own <= _WELL_BELOW * drawn,
        f"gives a squared error of {own:.0f}, that of random palettes is {drawn:.0f} on average, "
        f"and at most two thirds of it are expected: {hint}.",
    )


def _means_hint(own, means):
    if np.array_equal(own, _FLOORS):
        return ": converting to uint8 cuts decimals off, so round first, with np.rint"
    if np.array_equal(own[:, ::-1], means):
        return f": {_RGB}"
    if own.max() <= 1:
        return ": colors run from 0 to 255, not to 1"
    return ""


def _palette_error(image, palette):
    pixels = image.reshape(-1, 3)
    painted = palette[nearest_palette_index(pixels, palette)]
    return squared_error(pixels, painted)


def _random_error(image, k):
    """Return the mean error of ten random palettes."""
    pixels = image.reshape(-1, 3)
    draws = [np.random.default_rng(seed).choice(pixels, k, replace=False) for seed in range(10)]
    return float(np.mean([_palette_error(image, palette) for palette in draws]))


# nearest_color


def check_nearest_color(function):
    """Check a student's ``nearest_color(image, palette)``."""
    palette = np.uint8([[100, 100, 170], [140, 140, 60], [0, 0, 0], [255, 255, 255]])
    # No side is as long as another, as the palette, or as a color: axes cannot be mixed up.
    image = shades_image(5, 6)
    image[0, 0] = 100
    judge_nearest(function, image, palette)
    judge_nearest(function, shades_image(7, 4), shades_image(1, 10, seed=1)[0])
    judge_nearest(function, shades_image(5, 7), shades_image(1, 300, seed=4)[0])
    # Squared distances of 30,008 and 30,000, which a type of 16 bits cannot tell apart.
    close = np.uint8([[2, 202, 0], [0, 0, 0], [255, 0, 255], [255, 255, 255]])
    judge_nearest(function, np.full((2, 5, 3), 100, np.uint8), close)
    return correct("nearest_color")


def more_nearest_color(function, *cases):
    """Check ``nearest_color`` for images and palettes of these sizes: (height, width, k) each."""
    for height, width, k in cases:
        judge_nearest(function, shades_image(height, width), shades_image(1, k, seed=k)[0])
    corners = np.uint8([[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [255, 0, 0]])
    judge_nearest(function, shades_image(9, 4, seed=2), corners)
    judge_nearest(function, corners.reshape(1, 5, 3), corners)
    many = shades_image(18, 17, seed=300)
    return judge_nearest(function, many[15:], many.reshape(-1, 3))


def judge_nearest(function, image, palette):
    """Check that ``nearest_color`` gives the index of a nearest color; ties fall either way."""
    height, width = image.shape[:2]
    answer = ask("nearest_color", function, image, palette)
    answer.is_array(
        (height, width),
        whole=True,
        meaning="an index for each pixel",
        hints=(
            ((height * width,), "reshape the indices to (height, width) at the end"),
            ((width, height), _HEIGHT_FIRST),
            ((height, width, 3), _three_values_hint(answer.value, image, palette)),
            ((height, width, len(palette)), "argmin over the colors leaves one index"),
            ((len(palette), height, width), "argmin over the colors leaves one index"),
            ((width, 3), "the squares of R, G and B are added, along the last axis"),
            ((height, 3), "the squares of R, G and B are added, along the last axis"),
            ((), "sum and argmin take all entries together unless they are given an axis"),
        ),
    )
    kind = np.asarray(answer.value).dtype
    answer.is_true(
        kind.kind in "iu",
        f"has the type {kind}, but an index is an integer: convert the result at the end with "
        ".astype(int).",
    )
    own = np.asarray(answer.value).astype(float)
    least = _squared_distances(image, palette).min(axis=-1)
    hint = ": argmin gives the index, min the distance" if np.array_equal(own, least) else ""
    answer.is_true(
        own.min() >= 0 and own.max() < len(palette),
        f"runs from {own.min():.0f} to {own.max():.0f}, but the indices of {len(palette)} colors "
        f"run from 0 to {len(palette) - 1}{hint}.",
    )
    return _is_nearest(answer, image, palette, own.astype(int))


def _three_values_hint(value, image, palette):
    """Tell colors from indices that were found for each channel by itself."""
    nearest = _squared_distances(image, palette).argmin(axis=-1)
    if np.array_equal(value, palette[nearest]):
        return "return the indices of the colors, not the colors"
    return "add the squares of R, G and B to one distance, before argmin"


def _is_nearest(answer, image, palette, own):
    distances = _squared_distances(image, palette)
    chosen = np.take_along_axis(distances, own[..., np.newaxis], axis=-1)[..., 0]
    wrong = np.argwhere(chosen > distances.min(axis=-1))
    if not len(wrong):
        return answer
    row, column = (int(i) for i in wrong[0])
    right, given = int(distances[row, column].argmin()), int(own[row, column])
    return answer.is_true(
        False,
        f"is {given} at [{row}, {column}], but {right} is expected: from the pixel "
        f"{describe(image[row, column])} the squared distance to color {right}, "
        f"{describe(palette[right])}, is {distances[row, column, right]:,}, and to color {given} "
        f"it is {distances[row, column, given]:,}{_nearest_hint(image, palette, own)}.",
    )


def _squared_distances(image, palette):
    return ((image.astype(int)[:, :, np.newaxis] - palette.astype(int)) ** 2).sum(axis=-1)


def _nearest_hint(image, palette, own):
    whole = image.astype(int)[:, :, np.newaxis] - palette.astype(int)
    for dtype in (np.uint8, np.int8):
        wrapped = image.astype(dtype)[:, :, np.newaxis] - palette.astype(dtype)
        squares = wrapped.astype(int) ** 2, wrapped**2
        if any(np.array_equal(own, each.sum(axis=-1).argmin(axis=-1)) for each in squares):
            return f"; differences of {wrapped.dtype} wrap around, so convert to int or float first"
    if np.array_equal(own, (whole.astype(np.int16) ** 2).sum(axis=-1).argmin(axis=-1)):
        return "; squares of 16 bits wrap around, so convert to int or float first"
    if np.array_equal(own, (whole ^ 2).sum(axis=-1).argmin(axis=-1)):
        return "; in Python ^ is no power, the square of d is d ** 2"
    if np.array_equal(own, abs(whole).sum(axis=-1).argmin(axis=-1)):
        return "; square the differences before you sum them"
    if np.array_equal(own, (whole**2).sum(axis=-1).argmax(axis=-1)):
        return "; this is the color furthest away"
    return ""


# paint


def check_paint(function):
    """Check a student's ``paint(indices, palette)``."""
    palette = np.uint8([[10, 20, 30], [255, 0, 0], [250, 251, 252]])
    judge_painted(function, np.array([[0, 2, 1, 1], [1, 1, 0, 2]]), palette)
    # These colors look like indices.
    judge_painted(
        function, np.uint8([[2], [0], [1], [2]]), np.uint8([[2, 9, 4], [0, 7, 1], [1, 2, 0]])
    )
    judge_painted(function, indices_of_all(20, 18, 300), shades_image(1, 300)[0])
    return correct("paint")


def more_paint(function, *cases):
    """Check ``paint`` for these sizes: (height, width, k) each, with indices of many types."""
    for height, width, k in cases:
        palette = shades_image(1, k, seed=k)[0]
        indices = indices_of_all(height, width, k)
        for dtype in (np.int64, np.min_scalar_type(k - 1), np.int32, np.uint16):
            judge_painted(function, indices.astype(dtype), palette)
        judge_painted(function, indices[::-1].copy(), palette)
    return True


def judge_painted(function, indices, palette):
    """Check a student's ``paint(indices, palette)``."""
    expected = palette[indices]
    height, width = indices.shape
    answer = ask("paint", function, indices, palette)
    answer.is_array(
        expected.shape,
        np.uint8,
        meaning="(height, width, 3)",
        hints=(
            ((width, height, 3), _HEIGHT_FIRST),
            ((height * width, 3), "keep height and width apart"),
            ((height, width), "a pixel has three values, R, G and B"),
            ((3, height, width), "the channels come last"),
        ),
    )
    return answer.equals(
        expected,
        hints=(
            (expected[..., ::-1], _RGB),
            (palette[indices.astype(int) - 1], "the first color has the index 0"),
            (_painted_in_place(indices, palette), "paint into a new array, apart from the indices"),
        ),
    )


def _painted_in_place(indices, palette):
    """Return what comes out where a painted color can be taken for an index later."""
    result = np.stack([indices] * 3, axis=-1).astype(np.uint8)
    for i, color in enumerate(palette):
        result[result[..., 0] == i] = color
    return result


def indices_of_all(height, width, k):
    """Make indices of a shape that point to the first and the last of k colors, and between.

    Examples
    --------
    >>> indices_of_all(2, 2, 256)
    array([[  0,  85],
           [170, 255]])
    """
    return np.rint(np.linspace(0, k - 1, height * width)).astype(int).reshape(height, width)


# indexed_png


def check_indexed_png(function):
    """Check a student's ``indexed_png(indices, palette)``."""
    palette = np.uint8([[10, 20, 30], [255, 0, 0], [250, 251, 252]])
    judge_png(function, np.array([[0, 2, 1], [1, 1, 0]]), palette)
    judge_png(function, indices_of_all(7, 40, 256), shades_image(16, 16).reshape(-1, 3))
    refuses_more_colors(function, 257)
    return correct("indexed_png")


def more_indexed_png(function, *ks):
    """Check ``indexed_png`` for so many colors; more than 256 are to be refused."""
    judge_png(function, np.array([[0]]), np.uint8([[7, 8, 9]]))
    for k in ks:
        if k > 256:
            refuses_more_colors(function, k)
            continue
        palette, indices = shades_image(1, k, seed=k)[0], indices_of_all(31, 23, k)
        judge_png(function, indices, palette)
        for dtype in (np.uint8, np.int32, np.uint16):
            judge_png(function, indices[::-1].astype(dtype), palette)
    return True


def judge_png(function, indices, palette):
    """Check that ``indexed_png`` gives an indexed PNG that shows what it should."""
    shown = f"indexed_png(indices, a palette of {len(palette)} colors)"
    if indices.size <= 12 and len(palette) <= 4:
        shown = None
    answer = ask("indexed_png", function, indices, palette, shown=shown).is_bytes()
    data = bytes(answer.value)
    answer.is_true(len(data), "is empty: after saving, take getvalue() of the io.BytesIO().")
    answer.is_true(
        data[:8] == b"\x89PNG\r\n\x1a\n",
        'does not start as a PNG does: save with format="PNG".',
    )
    kind = {0: "gray", 2: "RGB", 4: "gray and alpha", 6: "RGBA"}.get(data[25])
    answer.is_true(
        kind is None,
        f"is a PNG, but not in palette mode: it stores {kind} values for each pixel, not "
        'indices; in Pillow the mode is "P".',
    )
    return _shows(answer, data, indices, palette)


def refuses_more_colors(function, k):
    """Check that ``indexed_png`` raises ValueError for so many colors, used or not."""
    palette = shades_image(1, k)[0]
    return refuses(
        "indexed_png",
        function,
        indices_of_all(3, 4, 9),
        palette,
        because=": a byte tells only 256 colors of a palette apart",
        shown=f"indexed_png(indices, a palette of {k} colors)",
    )


def _shows(answer, data, indices, palette):
    """Climb the rung "decodes to the colors that the indices point to"."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            shown = np.asarray(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError) as error:
        raise NotYet(f"{answer.call} is not a PNG that can be read ({error}).") from None
    expected = palette[indices]
    answer.is_true(
        shown.shape == expected.shape,
        f"is a picture of {shown.shape[0]} rows and {shown.shape[1]} columns, but the indices have "
        f"{indices.shape[0]} rows and {indices.shape[1]} columns.",
    )
    wrong = np.argwhere((shown != expected).any(axis=-1))
    if not len(wrong):
        return answer
    row, column = (int(i) for i in wrong[0])
    return answer.is_true(
        False,
        f"shows {describe(shown[row, column])} at [{row}, {column}], but color "
        f"{indices[row, column]} of the palette is {describe(expected[row, column])}"
        f"{_png_hint(shown, indices, palette)}.",
    )


def _png_hint(shown, indices, palette):
    if np.array_equal(shown, palette.T.reshape(-1, 3)[indices]):
        return ": putpalette wants R, G, B of the first color, then those of the next"
    if np.array_equal(shown, palette[:, ::-1][indices]):
        return f": {_RGB}"
    if np.array_equal(np.sort(shown, axis=None), np.sort(palette[indices], axis=None)):
        return ": the pixels are in other places than their indices"
    if np.array_equal(shown, np.stack([indices] * 3, axis=-1)):
        return ": the indices are shown as grays, until putpalette says which color each stands for"
    return ""


# What several of them share


def _is_palette(answer, k, *hints):
    hints += ((3, k), "a row for each color, not for each channel"), ((k,), "a color is R, G, B")
    return answer.is_array((k, 3), np.uint8, meaning="a row of R, G, B for each color", hints=hints)


def _same_again(first, second):
    second.is_true(
        np.array_equal(first.value, second.value),
        "gives two different palettes when it is called twice: seed all that is random with "
        "random_state.",
    )


def _not_all_alike(answers, order_counts=True):
    palettes = [np.asarray(answer.value) for answer in answers]
    if not order_counts:
        palettes = [palette[np.lexsort(palette.T)] for palette in palettes]
    return answers[-1].is_true(
        any(not np.array_equal(palettes[0], palette) for palette in palettes[1:]),
        "gives the same palette as another random_state: draw at random, and seed the draw with "
        "random_state.",
    )
