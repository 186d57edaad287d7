"""What the visible tests of lesson 06 say, and how its hidden ones judge."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct, describe, near, refuses
from kquant_helpers.learners.k_means import k_means

# A tenth more than k-means from a k-means++ start: its runs differ a little.
_SLACK = 1.1

# Squares of 16 differences in float32 are off by less, and a wrong codeword by more.
_ROUNDING = 0.5


def check_image_to_blocks(function):
    """Check a student's ``image_to_blocks(image, size)``."""
    judge_blocks(function, np.arange(24, dtype=np.uint8).reshape(4, 6), 2)
    judge_blocks(function, np.arange(54, dtype=np.uint8).reshape(6, 9), 3)
    judge_refusal(function, (4, 6), 4)
    judge_refusal(function, (6, 4), 4)
    judge_refusal(function, (2, 8), 4)
    return correct("image_to_blocks")


def judge_blocks(function, image, size):
    """Check a student's ``image_to_blocks`` on one image.

    Parameters
    ----------
    function : callable
        A student's ``image_to_blocks(image, size)``.
    image : ndarray of numbers, shape (height, width)
        The image.
    size : int
        Side of a block; it divides both sides of the image.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    height, width = image.shape
    expected = _cut(image, size)
    count, entries = expected.shape
    shown = f"image_to_blocks(an image of shape {image.shape}, {size})"
    answer = ask("image_to_blocks", function, image, size, shown=shown).is_array(
        (count, entries),
        meaning=f"{count} blocks of {entries} entries",
        hints=(
            ((count, size, size), "flatten each block to one row"),
            ((height // size, width // size, size, size), "list the blocks one below the other"),
            ((height // size, width // size, entries), "list the blocks one below the other"),
            ((entries, count), "each block is a row, not a column"),
            ((size, size, count), "each block is a row"),
        ),
    )
    return answer.equals(
        expected,
        hints=(
            (image.reshape(expected.shape), _NOT_RESHAPED),
            (_cut(image.T, size), "rows and columns are swapped: block by block along a row first"),
            (_transposed(expected, size), "the pixels of each block come row by row"),
            (
                _transposed(_cut(image.T, size), size),
                "the blocks come row by row: the second block is to the right of the first",
            ),
        ),
    )


_NOT_RESHAPED = (
    "a reshape alone cuts the rows into pieces, but a block holds pixels of several rows: swap "
    "the two axes in the middle, or slice the blocks out one by one"
)


def judge_refusal(function, shape, size):
    """Check that a student's ``image_to_blocks`` refuses blocks that do not tile the image."""
    image = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    sides = [
        f"its {name} {side}" for name, side in zip(("height", "width"), shape, strict=True)
        if side % size
    ]  # fmt: skip
    return refuses(
        "image_to_blocks",
        function,
        image,
        size,
        because=f": {size} does not divide {' and '.join(sides)}",
        shown=f"image_to_blocks(an image of shape {shape}, {size})",
    )


def check_blocks_to_image(function):
    """Check a student's ``blocks_to_image(blocks, height, width)``."""
    judge_image(function, np.arange(24, dtype=np.uint8).reshape(4, 6), 2)
    judge_image(function, np.arange(54, dtype=np.uint8).reshape(6, 9), 3)
    judge_image(function, np.arange(32).reshape(8, 4) - 0.25, 2)
    return correct("blocks_to_image")


def judge_image(function, image, size):
    """Check that a student's ``blocks_to_image`` puts one image together again.

    Parameters
    ----------
    function : callable
        A student's ``blocks_to_image(blocks, height, width)``.
    image : ndarray of numbers, shape (height, width)
        The image that should come out.
    size : int
        Side of a block; it divides both sides of the image.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    height, width = image.shape
    blocks = _cut(image, size)
    shown = (
        f"blocks_to_image({len(blocks)} {'block' if len(blocks) == 1 else 'blocks'} of "
        f"{size}×{size} {blocks.dtype} pixels, {height}, {width})"
    )
    answer = ask("blocks_to_image", function, blocks, height, width, shown=shown).is_array(
        image.shape,
        meaning="(height, width)",
        hints=(((width, height), "height comes first"),),
    )
    return answer.equals(
        image,
        hints=(
            (blocks.reshape(image.shape), _NOT_RESHAPED),
            (
                _join(_transposed(blocks, size), image.shape),
                "the pixels of a block come row by row",
            ),
            (_join(blocks, (width, height)).T, "the pixels of a block and the blocks come by row"),
            (
                _join(_transposed(blocks, size), (width, height)).T,
                "the blocks come row by row: the second one goes to the right of the first",
            ),
            (np.floor(image), "keep the blocks' type, their decimals are lost here"),
            (np.trunc(image), "keep the blocks' type, their decimals are lost here"),
            (np.clip(image, 0, 255), "keep the values as they are, do not clip here"),
            (np.rint(image), "keep the blocks' type, do not round here"),
        ),
    )


def check_learn_codebook(function):
    """Check a student's ``learn_codebook(blocks, k, random_state=0)``."""
    judge_codebook(function, ramp_blocks(48, 4), 1, "gray blocks from dark to bright")
    judge_codebook(function, ramp_blocks(96, 4), 4, "gray blocks from dark to bright")
    judge_codebook(function, uneven_blocks(6, 9, 120), 6, "blocks in one large and 5 small groups")
    judge_codebook(function, close_blocks(48, 4), 3, "blocks in three close groups")
    judge_seed(function, uneven_blocks(6, 9, 120), 6, 7)
    return correct("learn_codebook", f"{_SLACK - 1:.0%} above k-means++ is accepted.")


def judge_codebook(function, blocks, k, described, random_state=None):
    """Check that a student's codebook has nearly the error of k-means from a k-means++ start.

    Parameters
    ----------
    function : callable
        A student's ``learn_codebook(blocks, k, random_state=0)``.
    blocks : ndarray of uint8, shape (n, d)
        The blocks.
    k : int
        Number of codewords.
    described : str
        What the blocks are, for the message.
    random_state : int, optional
        The seed; the default calls without one.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    seed = () if random_state is None else (random_state,)
    shown = f"learn_codebook({described}, {', '.join(map(str, (k, *seed)))})"
    entries = blocks.shape[1]
    answer = ask("learn_codebook", function, blocks, k, *seed, shown=shown).is_array(
        (k, entries),
        meaning="a row for each codeword",
        hints=(
            ((entries, k), "codewords are rows, not columns"),
            ((len(blocks),), "these are indices of blocks: return the codewords themselves"),
            ((len(blocks), entries), "these are as many rows as blocks: return the codebook"),
        ),
    )
    codebook = np.asarray(answer.value, dtype=float)
    error, reference = (_error(blocks, each) / entries for each in (codebook, k_means(blocks, k)))
    return answer.is_true(
        error <= _SLACK * reference + 1e-9,
        f"has a mean squared error of {error:.5g}, but k-means++ gets {reference:.5g} "
        f"and at most {_SLACK * reference:.5g} is accepted: {_codebook_hint(blocks, codebook)}.",
    )


def judge_seed(function, blocks, k, random_state):
    """Check that a student's ``learn_codebook`` gives the same codebook for the same seed."""
    shown = f"learn_codebook(blocks, {k}, {random_state})"
    first, second = (
        ask("learn_codebook", function, blocks, k, random_state, shown=shown).is_array(
            (k, blocks.shape[1])
        )
        for _ in range(2)
    )
    return second.is_true(
        near(np.asarray(second.value), np.asarray(first.value, dtype=float)),
        "gives another codebook when it is called again: hand random_state on to the learner, "
        "so that the same seed gives the same codebook.",
    )


def check_encode(function):
    """Check a student's ``encode(blocks, codebook)``."""
    blocks = np.array([[10, 12], [200, 190], [90, 100], [0, 255]], dtype=np.uint8)
    judge_encoding(function, blocks, [[11.5, 10.0], [195.0, 195.0], [80.5, 99.0], [20.0, 240.0]])
    judge_encoding(function, blocks, [[195.0, 195.0], [-3.5, 261.0], [11.5, 10.0]])
    judge_encoding(function, np.uint8([[11, 11, 11, 11]]), [[11.4] * 4, [10.9] * 4])
    judge_encoding(function, np.uint8([[0, 0, 0, 0]]), [[60, 0, 0, 0], [20] * 4, [90] * 4])
    judge_encoding(function, np.uint8([[0, 0, 0, 0]]), [[25] * 4, [30, 0, 0, 0], [90] * 4])
    return correct("encode")


def judge_encoding(function, blocks, codebook):
    """Check that a student's indices point to nearest codewords; ties may fall either way.

    Parameters
    ----------
    function : callable
        A student's ``encode(blocks, codebook)``.
    blocks : ndarray of numbers, shape (n, d)
        The blocks.
    codebook : array_like of float, shape (k, d)
        The codewords.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    codebook = np.array(codebook, dtype=float)
    count, k = len(blocks), len(codebook)
    shown = f"encode({count} {'block' if count == 1 else 'blocks'}, a codebook of {k})"
    answer = ask("encode", function, blocks, codebook, shown=shown).is_array(
        (count,),
        whole=True,
        meaning="an index for each block",
        hints=(
            (blocks.shape, "return indices of codewords, not the codewords"),
            ((count, k), "these are distances, take the index of the smallest one in each row"),
            ((k,), "each block gets the index of a codeword, not the other way round"),
            ((count, 1), "make it one-dimensional, with .ravel()"),
        ),
    )
    indices = np.asarray(answer.value).astype(int)
    answer.is_true(
        indices.min() >= 0 and indices.max() < k,
        f"has indices from {indices.min()} to {indices.max()}, but codewords are counted from 0 "
        f"to {k - 1}.",
    )
    distances = _distances(blocks, codebook)
    chosen, least = distances[np.arange(count), indices], distances.min(axis=1)
    wrong = np.flatnonzero(chosen > least + _ROUNDING)
    i = int(wrong[0]) if len(wrong) else 0
    return answer.is_true(
        not len(wrong),
        f"gives block {i}{_spelled(blocks[i])} the codeword {indices[i]}"
        f"{_spelled(codebook[indices[i]])} at a squared distance of {chosen[i]:.5g}, but codeword "
        f"{distances[i].argmin()}{_spelled(codebook[distances[i].argmin()])} is at "
        f"{least[i]:.5g}{_encoding_hint(indices, blocks, codebook, distances)}.",
    )


def check_decode(function):
    """Check a student's ``decode(indices, codebook, height, width)``."""
    codebook = [[10.2, 10.7, 20.2, 20.7], [0, 255, 100, 90], [-7.3, 3.4, 261.8, 254.9]]
    judge_decoding(function, [0, 1, 2, 2, 1, 0], codebook, 4, 6)
    judge_decoding(function, [1, 0], [[3.9, 4.1, 5, 6], [1, 2, 7, 8]], 4, 2)
    judge_decoding(function, [1, 0, 1], [[20.2 * i for i in range(9)], range(9)], 3, 9)
    return correct("decode")


def judge_decoding(function, indices, codebook, height, width, dtype=int):
    """Check the image that a student's ``decode`` makes of indices.

    Parameters
    ----------
    function : callable
        A student's ``decode(indices, codebook, height, width)``.
    indices : array_like of int, shape (n,)
        Which codeword each block gets.
    codebook : array_like of float, shape (k, d)
        The codewords; no entry ends in .5.
    height, width : int
        Of the image.
    dtype : numpy dtype
        Type of the indices.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    indices, codebook = np.array(indices, dtype=dtype), np.array(codebook, dtype=float)
    shown = f"decode({describe(indices)}, {len(codebook)} codewords, {height}, {width})"
    answer = ask("decode", function, indices, codebook, height, width, shown=shown).is_array(
        (height, width), np.uint8, meaning="(height, width)"
    )
    blocks, shape = codebook[indices], (height, width)
    rounded = np.rint(blocks)
    expected = np.clip(rounded, 0, 255)
    size = int(np.sqrt(codebook.shape[1]))
    halves = rounded, np.maximum(rounded, 0), np.minimum(rounded, 255)
    clip = "clip to 0..255 before the conversion, uint8 wraps around"
    return answer.equals(
        _join(expected, shape),
        hints=(
            (expected.reshape(shape), _NOT_RESHAPED),
            (
                _join(np.floor(np.clip(blocks, 0, 255)), shape),
                "round first, uint8 cuts off",
            ),
            (_join(np.ceil(np.clip(blocks, 0, 255)), shape), "round to the nearest whole number"),
            *((_join(each % 256, shape), clip) for each in halves),
            (_join(np.trunc(blocks) % 256, shape), f"round first, then {clip}"),
            (_join(_transposed(expected, size), shape), "the pixels of a block come row by row"),
            (_join(expected, shape[::-1]).T, "the blocks come row by row"),
        ),
    )


def check_psnr(function):
    """Check a student's ``psnr(original, decoded)``."""
    for original, decoded in (
        ([[12, 20]], [[10, 16]]),
        ([[10, 16]], [[12, 20]]),
        ([[0, 190, 90]], [[190, 10, 90]]),
        ([[7, 8], [9, 0]], [[7, 8], [9, 0]]),
    ):
        judge_psnr(function, np.array(original, np.uint8), np.array(decoded, np.uint8))
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    judge_psnr(function, color, color * 9)
    return correct("psnr")


def judge_psnr(function, original, decoded):
    """Check a student's ``psnr`` on two uint8 images; infinite for equal ones.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    difference = original.astype(float) - decoded
    mean_squared = np.mean(difference**2)
    answer = ask("psnr", function, original, decoded).is_number(infinite=True)
    if not mean_squared:
        return answer.is_true(
            float(answer.value) == np.inf,
            f"is {float(answer.value):g}, but for equal images there is no error and the PSNR is "
            "infinite: return np.inf, or float('inf'), where the error is 0.",
        )
    return answer.equals(_decibels(mean_squared), hints=_psnr_hints(original, decoded, difference))


def _psnr_hints(original, decoded, difference):
    error, peak = np.mean(difference**2), max(float(original.max()), 1)
    wraps = "the difference of two uint8 arrays wraps around, convert them to float first"
    with np.errstate(all="ignore"):
        return (
            (_decibels(np.mean((original - decoded) ** 2)), wraps),
            (_decibels(np.mean((original - decoded).astype(float) ** 2)), wraps),
            (_decibels(np.mean((decoded - original).astype(float) ** 2)), wraps),
            (
                _decibels(np.mean(difference.astype(np.int16) ** 2)),
                "a square up to 255² does not fit into int16, convert to float first",
            ),
            (10 * np.log(255**2 / error), "use np.log10, np.log is the natural logarithm"),
            (
                20 * np.log10(255**2 / error),
                "10·log10(255² / error), or 20·log10(255 / root)",
            ),
            (10 * np.log10(255 / error), "the peak is squared, as the error is"),
            (
                10 * np.log10(255 / error**0.5),
                "take 20·log10 of 255 / root, or 10·log10 of squares",
            ),
            (-_decibels(error), "the sign is wrong: a smaller error has a higher PSNR"),
            (10 * np.log2(255**2 / error), "use np.log10, np.log2 is the logarithm to the base 2"),
            (np.log10(255**2 / error), "decibels are ten times the logarithm"),
            (_decibels(error) + 20 * np.log10(peak / 255), "the peak is 255, whatever the image"),
            (
                10 * np.log10(original.max() ** 2 / error),
                "the peak is 255, whatever the image (and a square of uint8 wraps around)",
            ),
            (10 * np.log10(256**2 / error), "the peak is 255, the largest intensity"),
            (-10 * np.log10(error), "the peak is missing, it is 255"),
            (_decibels(3 * error), "divide by the number of intensities, not of pixels"),
            (
                _decibels(np.sum(difference**2)),
                "this takes the sum of the squares, take their mean",
            ),
            (_decibels(np.mean(abs(difference))), "this is with absolute errors, square them"),
            (error, "this is the mean squared error, turn it into decibels"),
        )


def ramp_blocks(count, entries):
    """Return uniform gray blocks from dark to bright, in a fixed mixed order.

    From any start k-means ends at the best codebook, but one or two steps do not get there.

    Examples
    --------
    >>> ramp_blocks(4, 1).ravel()
    array([170,   0,  85, 255], dtype=uint8)
    """
    grays = np.rint(np.linspace(0, 255, count)).astype(np.uint8)
    mixed = grays[np.random.default_rng(0).permutation(count)]
    return np.repeat(mixed[:, np.newaxis], entries, axis=1)


def uneven_blocks(groups, entries, count, seed=1, spread=3):
    """Return blocks in groups of four, and one group that holds all the others.

    k-means++ finds all groups. A random start puts nearly all codewords into the large one.

    Examples
    --------
    >>> uneven_blocks(6, 9, 120).shape
    (120, 9)
    """
    generator = np.random.default_rng(seed)
    centers = generator.choice([30, 70, 120, 170, 220], (groups, entries))
    sizes = np.full(groups, 4)
    sizes[0] = count - 4 * (groups - 1)
    group = generator.permutation(np.repeat(np.arange(groups), sizes))
    noise = generator.integers(-spread, spread + 1, (count, entries))
    return (centers[group] + noise).astype(np.uint8)


def close_blocks(count, entries):
    """Return blocks in three groups whose means have decimals: rounding them costs a third.

    Examples
    --------
    >>> close_blocks(3, 4)[0]
    array([40, 40, 40, 41], dtype=uint8)
    """
    place = np.arange(count)[:, np.newaxis]
    one_in_four = (place // 3 + np.arange(entries)) % 4 // 3
    return (np.array([40, 90, 200])[place % 3] + one_in_four).astype(np.uint8)


def _cut(image, size):
    """Return the blocks of an image, one by one."""
    height, width = image.shape
    return np.array(
        [
            image[y : y + size, x : x + size].ravel()
            for y in range(0, height, size)
            for x in range(0, width, size)
        ]
    )


def _join(blocks, shape):
    """Return the image of blocks, put in one by one."""
    size = int(np.sqrt(blocks.shape[1]))
    image = np.empty(shape, blocks.dtype)
    corners = [(y, x) for y in range(0, shape[0], size) for x in range(0, shape[1], size)]
    for (y, x), block in zip(corners, blocks, strict=True):
        image[y : y + size, x : x + size] = block.reshape(size, size)
    return image


def _transposed(blocks, size):
    """Return the blocks with the pixels of each column by column."""
    return blocks.reshape(-1, size, size).swapaxes(1, 2).reshape(blocks.shape)


def _distances(blocks, codebook):
    """Squared distances, shape (n, k)."""
    return np.square(blocks[:, np.newaxis].astype(float) - codebook).sum(axis=2)


def _error(blocks, codebook):
    return _distances(blocks, codebook).min(axis=1).mean()


def _decibels(error):
    return 10 * np.log10(255**2 / error)


def _spelled(vector):
    return f" {describe(vector)}" if len(vector) <= 4 else ""


def _codebook_hint(blocks, codebook):
    if (_distances(codebook, blocks).min(axis=1) < 1e-9).all():
        return "these are blocks as they are, move each codeword to the mean of its blocks"
    if np.array_equal(codebook, np.rint(codebook)):
        return "codewords are means, keep their decimals"
    nearest = _distances(blocks, codebook).argmin(axis=1)
    means = [blocks[nearest == i].mean(axis=0) for i in np.unique(nearest)]
    if _error(blocks, np.array(means)) < 0.99 * _error(blocks, codebook):
        return "the codewords can still move, repeat the k-means steps until nothing changes"
    return (
        "start with codewords that are far apart, as k-means++ does, and take all blocks in each "
        "step, as KMeans does"
    )


def _encoding_hint(indices, blocks, codebook, distances):
    differences = blocks[:, np.newaxis].astype(float) - codebook
    with np.errstate(invalid="ignore"):
        small = codebook.astype(int).astype(np.uint8)
    wrapped = np.square(blocks[:, np.newaxis] - small).sum(axis=2)
    as_it_is = "use the codebook as it is, uint8 has no decimals and wraps around"
    for wrong, sentence in (
        (_distances(blocks, np.rint(codebook)).argmin(axis=1), "do not round the codebook here"),
        (_distances(blocks, np.trunc(codebook)).argmin(axis=1), "do not round the codebook here"),
        (abs(differences).sum(axis=2).argmin(axis=1), "square the differences before the sum"),
        (
            abs(differences.sum(axis=2)).argmin(axis=1),
            "compare entry by entry, since blocks that are alike in sum or mean may look different",
        ),
        (differences.sum(axis=2).argmin(axis=1), "square the differences before the sum"),
        (_distances(blocks, small).argmin(axis=1), as_it_is),
        (wrapped.argmin(axis=1), as_it_is),
        (distances.argmin(axis=1) % 256, "an index above 255 does not fit into uint8"),
        (abs(differences).max(axis=2).argmin(axis=1), "add up the squares of all entries"),
        (distances.argmax(axis=1), "this is the farthest codeword"),
    ):
        if np.array_equal(indices, wrong):
            return f": {sentence}"
    return ""
