"""What the visible tests of lesson 06 say, and how its hidden ones judge."""

import math
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from kquant_helpers.checks.diagnosis import diagnosis, told
from kquant_helpers.checks.ladder import NotYet, ask, correct, describe, near, refuses

# The package's functions that an exercise is about, and what may be used in their place.
_BY_HAND = "cut with reshape, slices and loops"
REFUSED = {
    "image_to_blocks": {"cut_image": _BY_HAND},
    "blocks_to_image": {"join_vectors": "put together with reshape, slices and loops"},
    "spread_start": {"learn": "draw with np.random.default_rng(random_state)"},
    "codebook_step": {"learn": "take the mean of the blocks of each index, with NumPy"},
    "encode": {"encode": "compute the distances with NumPy, and take argmin"},
    "decode": {
        "decode": "look up, round and clip with NumPy (kq.join_vectors may join the blocks)",
    },
    "psnr": {
        "peak_snr": "take the mean squared error, by kq.squared_error if you like, and its "
        "logarithm",
    },
}

HINTS = {
    "image_to_blocks": (
        "Two loops will do: y over range(0, height, size), x over range(0, width, size). A block "
        "is image[y : y + size, x : x + size], and .ravel() makes it a row.",
        "Without loops: image.reshape(rows, size, columns, size) has the axes row of blocks, row "
        "in a block, column of blocks, column in a block. Which two have to change places?",
    ),
    "blocks_to_image": (
        "Start from np.zeros((height, width)) and put the blocks in one by one; there are "
        "width // size of them in a row of blocks.",
        "Block i starts at the row i // columns * size and the column i % columns * size, where "
        "columns is width // size.",
    ),
    "spread_start": (
        "Keep one array, the squared distance of each block to its nearest codeword so far. A new "
        "codeword can only make entries smaller: np.minimum(nearest, to_the_new_one).",
        "generator = np.random.default_rng(random_state), once. The first codeword is "
        "blocks[generator.integers(len(blocks))], a next one blocks[generator.choice(len(blocks), "
        "p=nearest / nearest.sum())]. Convert blocks to float at the start.",
    ),
    "codebook_step": (
        "Start from a copy of the codebook, and change the codewords that have blocks.",
        "blocks[indices == i] are the blocks of codeword i. Their mean over axis=0 is a codeword; "
        "where there are none, do nothing.",
    ),
    "encode": (
        "For one block: ((block - codebook) ** 2).sum(axis=1) are its distances to all codewords, "
        "where block is float. argmin gives the index.",
        "For all at once: blocks[:, np.newaxis, :].astype(float) - codebook has the shape "
        "(n, k, d). Square, sum over the last axis, argmin over the codewords.",
    ),
    "decode": (
        "np.rint(codebook).clip(0, 255).astype(np.uint8) is what is painted. Indexed with the "
        "indices it gives the blocks, in order.",
        'kq.join_vectors([blocks], (height, width), "block", block_size=size) puts blocks '
        "together; size is the square root of a codeword's length.",
    ),
    "psnr": (
        "Convert both images to float, subtract, square, take the mean: this is E.",
        "Where E is 0, return np.inf; otherwise 10 * np.log10(255**2 / E).",
    ),
}

# Squares of 16 differences in float32 are off by less, and a wrong codeword by more.
_ROUNDING = 0.5


def check_image_to_blocks(function):
    """Check a student's ``image_to_blocks(image, size)``."""
    judge_blocks(function, np.arange(24, dtype=np.uint8).reshape(4, 6), 2)
    judge_blocks(function, np.arange(54, dtype=np.uint8).reshape(6, 9), 3)
    judge_refusal(function, (4, 6), 4)
    judge_refusal(function, (6, 4), 4)
    judge_refusal(function, (2, 8), 4)
    judge_blocks(function, np.arange(24).reshape(4, 6) * 300.25 - 9, 2)
    return correct("image_to_blocks")


def more_image_to_blocks(function, *seeds):
    """Check a student's ``image_to_blocks`` on more images and sizes."""
    for seed in seeds:
        for shape, size in (((3, 5), 1), ((1, 1), 1), ((4, 4), 4), ((12, 4), 4), ((10, 15), 5)):
            image = drawn_blocks(*shape, seed)
            judge_blocks(function, image, size)
            judge_blocks(function, image * 300.25 - 9, size)
        for shape, size in (((5, 5), 2), ((3, 12), 6), ((12, 3), 6), ((8, 9), 8), ((6, 6), 4)):
            judge_refusal(function, shape, size)
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
    judge_image(function, np.arange(32).reshape(8, 4) * 9 - 20.25, 2)
    judge_image(function, np.arange(144).reshape(8, 18)[:, ::-1], 1)
    return correct("blocks_to_image")


def more_blocks_to_image(function, *seeds):
    """Check a student's ``blocks_to_image`` on more images and sizes."""
    for seed in seeds:
        for shape, size in (((3, 5), 1), ((1, 1), 1), ((4, 4), 4), ((12, 4), 4), ((10, 15), 5)):
            image = drawn_blocks(*shape, seed)
            judge_image(function, image, size)
            judge_image(function, image * 300.0 - 9999.25, size)
            judge_image(function, image.astype(int) * 300 - 9999, size)
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


def check_spread_start(function):
    """Check a student's ``spread_start(blocks, k, random_state=0)``."""
    blocks = drawn_blocks(60, 16, seed=1)
    for k in (1, 2, 9):
        judge_start(function, blocks, k, k)
    judge_start(function, blocks, 4)
    judge_start(function, np.repeat(drawn_blocks(12, 4, seed=2), 5, axis=0), 12, 3)
    judge_start(function, np.full((7, 4), 90, np.uint8), 1, 0)
    judge_start_seed(function, blocks, 9, 7)
    judge_chances(function, range(_STARTS))
    return correct("spread_start", f"Its chances were measured in {_STARTS} starts of four kinds.")


def more_spread_start(function, *seeds):
    """Check a student's ``spread_start`` on more blocks, and its chances with other seeds."""
    for seed in seeds:
        blocks = drawn_blocks(20 + 9 * seed, (1, 4, 9, 16)[seed % 4], seed=seed)
        n_different = len(np.unique(blocks, axis=0))
        for k in (1, min(5, n_different), n_different):
            judge_start(function, blocks, k, seed)
        judge_start_seed(function, blocks, min(9, n_different), seed)
    judge_chances(function, range(1000 * max(seeds), 1000 * max(seeds) + _STARTS))
    return correct("spread_start")


def drawn_blocks(count, entries, seed):
    """Return blocks of random pixels, all different but where there are few entries.

    Examples
    --------
    >>> drawn_blocks(3, 4, seed=0).shape
    (3, 4)
    """
    return np.random.default_rng(seed).integers(0, 256, (count, entries), dtype=np.uint8)


def judge_start(function, blocks, k, *seed):
    """Check that a start holds k different blocks; without a seed the default is used."""
    shown = f"spread_start({len(blocks)} blocks, {', '.join(map(str, (k, *seed)))})"
    answer = ask("spread_start", function, blocks, k, *seed, shown=shown)
    return _is_start(answer, blocks, k)


def _is_start(answer, blocks, k):
    entries = blocks.shape[1]
    answer.is_array(
        (k, entries),
        meaning="a row for each codeword",
        hints=(
            ((k,), "these are places of blocks: return the blocks themselves, blocks[places]"),
            ((k, 1, entries), "the codewords are rows: one axis too many is left"),
            ((entries,), "this is one codeword: return all of them, as rows"),
        )
        if k != entries
        else (),
    )
    start = np.asarray(answer.value, dtype=float)
    is_block = (start[:, np.newaxis] == blocks).all(axis=2).any(axis=1)
    strange = int(np.argmin(is_block))
    answer.is_true(
        is_block.all(),
        f"has {describe(start[strange])} in row {strange}, but that is none of the blocks: each "
        "codeword of a start is a block as it is, means come later.",
    )
    return answer.is_true(
        len(np.unique(start, axis=0)) == k,
        f"holds the same codeword more than once, among {k}: a block that is a codeword already "
        "has the squared distance 0, and with it the chance 0.",
    )


def judge_start_seed(function, blocks, k, seed):
    """Check that a student's ``spread_start`` gives the same start for the same seed."""
    shown = f"spread_start({len(blocks)} blocks, {k}, {seed})"
    first, second = (
        _is_start(ask("spread_start", function, blocks, k, seed, shown=shown), blocks, k)
        for _ in range(2)
    )
    return second.is_true(
        near(second.value, np.asarray(first.value, dtype=float)),
        "gives another start when it is called again: draw everything from one generator, "
        "np.random.default_rng(random_state).",
    )


# How many starts of each kind are counted; a right answer fails once in a million times or less,
# and as its seeds are fixed, always or never.
_STARTS = 400
_UNLIKELY = 2e-8


@dataclass(frozen=True)
class _Kind:
    """Blocks of few kinds, on which the chances of every start are known.

    Attributes
    ----------
    spots : tuple of tuple of int
        The different blocks.
    names : tuple of str
        What the messages call them.
    copies : tuple of int
        How often each occurs.
    k : int
        Codewords of a start.
    """

    spots: tuple
    names: tuple
    copies: tuple
    k: int

    @property
    def blocks(self):
        return np.repeat(np.array(self.spots, dtype=np.uint8), self.copies, axis=0)

    @property
    def words(self):
        parts = [f"{n} of {name}" for n, name in zip(self.copies, self.names, strict=True)]
        return f"{sum(self.copies)} blocks, {', '.join(parts)}"


def _grays(copies, k):
    spots = tuple((gray,) * 16 for gray in copies)
    return _Kind(spots, tuple(f"gray {gray}" for gray in copies), tuple(copies.values()), k)


# One for each way to go wrong: in the first draw, the power, the distance, and who is nearest.
_KINDS = (
    _grays({50: 2, 60: 6, 70: 1}, k=1),
    _grays({100: 24, 104: 36, 124: 1}, k=2),
    _Kind(
        ((100,) * 16, (148, *(100,) * 15), (112, 88) * 8),
        ("gray 100", "gray 100 but for one pixel of 148", "stripes of 112 and 88"),
        (24, 2, 1),
        k=2,
    ),
    _grays({80: 4, 10: 8, 30: 6, 150: 8}, k=3),
)


def judge_chances(function, seeds):
    """Check how often a student's ``spread_start`` starts with which blocks.

    For a few kinds of blocks the chance of every start is known exactly. Each count has to be
    one that such a chance gives, but for once in fifty million times.
    """
    counts = [_count_starts(function, kind, seeds) for kind in _KINDS]
    for kind, counted in zip(_KINDS, counts, strict=True):
        chances = _chances(kind, *_RULES["plain"][0](kind))
        unlikely = _least_likely(counted, chances, len(seeds))
        if unlikely is None:
            continue
        names = " and ".join(f"a block of {kind.names[i]}" for i in unlikely)
        raise NotYet(
            f"Of {len(seeds)} starts, spread_start({kind.words}; {kind.k}, seed), "
            f"{counted.get(unlikely, 0)} hold {names}, but about "
            f"{len(seeds) * chances.get(unlikely, 0):.0f} should{_chance_hint(counts, len(seeds))}."
        )
    return True


def _count_starts(function, kind, seeds):
    """Count which blocks the starts hold, whatever their order."""
    counts = Counter()
    blocks, spots = kind.blocks, np.array(kind.spots, dtype=float)
    shown = f"spread_start({kind.words}; {kind.k}, seed)"
    for seed in seeds:
        answer = ask("spread_start", function, blocks, kind.k, seed, shown=shown)
        start = np.asarray(_is_start(answer, blocks, kind.k).value, dtype=float)
        found = (start[:, np.newaxis] == spots).all(axis=2).argmax(axis=1)
        counts[tuple(sorted(found.tolist()))] += 1
    return counts


def _chances(kind, first, weigh):
    """Return the chance of every start, by the blocks that it holds.

    first are the chances of the first draw; ``weigh(chosen)`` gives those of the next one, up to
    a factor.
    """
    chances = Counter()

    def draw(chosen, chance):
        if len(chosen) == kind.k:
            chances[tuple(sorted(chosen))] += chance
            return
        weights = weigh(chosen) if chosen else first
        for i in np.flatnonzero(weights):
            draw([*chosen, int(i)], chance * weights[i] / weights.sum())

    draw([], 1.0)
    return chances


def _least_likely(counts, chances, total):
    """Return the start whose count is the least likely one, where it is too unlikely, or None."""
    likely = {
        start: _tail(counts.get(start, 0), total, chances.get(start, 0))
        for start in {*counts, *chances}
    }
    least = min(likely, key=likely.get)
    return least if likely[least] < _UNLIKELY else None


def _tail(count, total, chance):
    """Return the chance of a binomial count that is at least as far off, on either side."""
    if not 0 < chance < 1 - 1e-12:
        return float(count == (total if chance else 0))
    binomial = [
        math.comb(total, i) * chance**i * (1 - chance) ** (total - i) for i in range(total + 1)
    ]
    return 2 * min(sum(binomial[: count + 1]), sum(binomial[count:]))


def _chance_hint(counts, total):
    """Say which known misconception gives just such counts, for all kinds of blocks."""
    if all(len(counted) == 1 for counted in counts):
        return ": every seed gives the same start, so hand random_state on to the generator"
    fitting = {
        sentence
        for rule, sentence in list(_RULES.values())[1:]
        if all(
            min(_tails(counted, _chances(kind, *rule(kind)), total)) > 1e-4
            for kind, counted in zip(_KINDS, counts, strict=True)
        )
    }
    return f": {fitting.pop()}" if len(fitting) == 1 else ""


def _tails(counts, chances, total):
    return [
        _tail(counts.get(start, 0), total, chances.get(start, 0)) for start in {*counts, *chances}
    ]


def _rule(measure, combine=lambda distances: distances.min(axis=1), *, first=None, distinct=False):
    """Return a function from a kind of blocks to the chances by which a start is drawn.

    measure turns the differences of all pairs, shape (m, m, d), to distances; combine turns the
    distances to the codewords so far to one for each block.
    """

    def rule(kind):
        spots = np.array(kind.spots)
        copies = np.ones(len(spots)) if distinct else np.array(kind.copies, dtype=float)
        distances = measure(spots[:, np.newaxis] - spots)

        def weigh(chosen):
            weights = copies * combine(distances[:, chosen])
            weights[chosen] = 0
            return weights

        return (copies if first is None else np.eye(len(spots))[first]), weigh

    return rule


def _squared(differences):
    return np.square(differences.astype(float)).sum(axis=2)


def _wrapped(differences):
    return np.square(differences.astype(np.uint8)).sum(axis=2).astype(float)


def _half_wrapped(differences):
    return _squared(differences.astype(np.uint8))


def _farthest(distances):
    return np.eye(len(distances))[distances.min(axis=1).argmax()]


def _greedy(kind):
    """Draw as scikit-learn does by default: of a few blocks, the one that helps most."""
    first, weigh = _rule(_squared)(kind)
    spots, copies = np.array(kind.spots), np.array(kind.copies)
    distances = _squared(spots[:, np.newaxis] - spots)
    trials = 2 + int(math.log(kind.k))

    def best_of_few(chosen):
        chances = weigh(chosen) / weigh(chosen).sum()
        left = np.minimum(distances[:, chosen].min(axis=1)[:, np.newaxis], distances)
        order = np.argsort(copies @ left, kind="stable")
        beaten = 1 - np.cumsum(chances[order])
        weights = np.zeros(len(spots))
        weights[order] = (np.append(1, beaten[:-1]) ** trials - beaten.clip(0) ** trials).clip(0)
        weights[np.isclose(chances, 0)] = 0
        return weights

    return first, best_of_few


_NEAREST_COUNTS = "of a block's distances to the codewords so far the smallest one counts"

_RULES = {
    "plain": (_rule(_squared), ""),
    "alike": (
        _rule(lambda d: np.ones(d.shape[:2])),
        "all blocks have the same chance here, so give generator.choice the chances as p",
    ),
    "root": (
        _rule(lambda d: np.sqrt(_squared(d))),
        "the chances go with the distance here, and its square is asked for",
    ),
    "fourth": (
        _rule(lambda d: _squared(d) ** 2),
        "the squared distance is squared once more here",
    ),
    "wrapped": (
        _rule(_wrapped),
        "uint8 wraps around, so convert the blocks to float before the difference",
    ),
    "half wrapped": (
        _rule(_half_wrapped),
        "uint8 wraps around, so convert the blocks to float before the difference",
    ),
    "absolute": (
        _rule(lambda d: abs(d).sum(axis=2).astype(float)),
        "add up the squares of the differences, not their absolute values",
    ),
    "absolute squared": (
        _rule(lambda d: abs(d).sum(axis=2).astype(float) ** 2),
        "square each difference first, and add up then",
    ),
    "sum squared": (
        _rule(lambda d: d.sum(axis=2).astype(float) ** 2),
        "square each difference first, and add up then",
    ),
    "last": (_rule(_squared, lambda distances: distances[:, -1]), _NEAREST_COUNTS),
    "first": (_rule(_squared, lambda distances: distances[:, 0]), _NEAREST_COUNTS),
    "max": (_rule(_squared, lambda distances: distances.max(axis=1)), _NEAREST_COUNTS),
    "sum": (_rule(_squared, lambda distances: distances.sum(axis=1)), _NEAREST_COUNTS),
    "farthest": (
        _rule(_squared, _farthest),
        "the farthest block is always taken here, but it should be drawn",
    ),
    "first block": (
        _rule(_squared, first=0),
        "the first codeword is always the first block here, but it should be drawn",
    ),
    "last block": (
        _rule(_squared, first=-1),
        "the first codeword is always the last block here, but it should be drawn",
    ),
    "distinct": (
        _rule(_squared, distinct=True),
        "a block that occurs twice is drawn twice as readily, so draw from the blocks as they come",
    ),
    "greedy": (
        _greedy,
        "this is what scikit-learn does by default, with several candidates for each codeword, and "
        "plain k-means++ draws one",
    ),
}


def check_codebook_step(function):
    """Check a student's ``codebook_step(blocks, codebook, indices)``."""
    blocks = np.array([[10, 20], [13, 21], [200, 100], [10, 28], [203, 190]], dtype=np.uint8)
    codebook = np.array([[0.5, 9.0], [7.25, 8.5], [190.0, 120.0]])
    judge_step(function, blocks, codebook, [0, 0, 2, 0, 2])
    judge_step(function, blocks, codebook, [2, 2, 0, 1, 0])
    judge_step(function, blocks[::-1], codebook[::-1], [1, 0, 1, 1, 1])
    judge_step(function, np.full((300, 4), 251, np.uint8), np.eye(3, 4) * 9.5, [1] * 300)
    judge_step(function, *_many_blocks(90, 16, 7, seed=3))
    return correct("codebook_step")


def more_codebook_step(function, *seeds):
    """Check a student's ``codebook_step`` on more blocks, codebooks and indices."""
    for seed in seeds:
        for n, d, k in ((1, 1, 1), (3, 4, 9), (40, 9, 6), (200, 16, 30), (700, 1, 300)):
            judge_step(function, *_many_blocks(n, d, k, seed))
    return correct("codebook_step")


def _many_blocks(n, d, k, seed):
    """Return blocks, a codebook, and indices that leave some codewords without a block."""
    generator = np.random.default_rng(seed)
    used = generator.permutation(k)[: max(1, 2 * k // 3)]
    codebook = np.round(generator.uniform(0, 255, (k, d)), 2)
    return drawn_blocks(n, d, seed), codebook, generator.choice(used, n)


def judge_step(function, blocks, codebook, indices):
    """Check one step of a student's ``codebook_step``.

    Parameters
    ----------
    function : callable
        A student's ``codebook_step(blocks, codebook, indices)``.
    blocks : ndarray of uint8, shape (n, d)
        The blocks.
    codebook : ndarray of float, shape (k, d)
        The codewords before.
    indices : array_like of int, shape (n,)
        Which codeword each block has.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    indices, k = np.array(indices), len(codebook)
    n, d = blocks.shape
    short = f"codebook_step({n} {'block' if n == 1 else 'blocks'}, {k} codewords, indices)"
    spelled = f"codebook_step({describe(blocks)}, {describe(codebook)}, {describe(indices)})"
    answer = ask(
        "codebook_step", function, blocks, codebook, indices, shown=spelled if n <= 6 else short
    )
    called = f"codebook_step(…, {describe(indices)})" if n <= 6 else short
    answer = replace(answer, call=called)
    expected = _step(blocks, codebook, indices, codebook)
    empty = np.bincount(indices, minlength=k) == 0
    if _is_nan_in(answer.value, empty):
        raise NotYet(
            f"{called} holds nan for codeword {int(np.flatnonzero(empty)[0])}, which no block has: "
            "it stays where it is."
        )
    answer.is_array((k, d), meaning="a row for each codeword", hints=_step_shapes(n, d, k, empty))
    if near(answer.value, expected):
        return answer
    telling = _many_blocks(90, 4, 7, seed=3)
    sentence = diagnosis("codebook_step", function, telling, _wrong_steps(*telling))
    return answer.equals(expected, hints=told(answer.value, sentence))


def _wrong_steps(blocks, codebook, indices):
    k = len(codebook)
    expected = _step(blocks, codebook, indices, codebook)
    empty = np.bincount(indices, minlength=k) == 0
    nearest = _distances(blocks, codebook).argmin(axis=1)
    counts = np.bincount(indices, minlength=k)[:, np.newaxis]
    sums = _step(blocks, codebook, indices, codebook, np.sum)
    own = codebook * ~empty[:, np.newaxis]
    decimals = "keep the decimals of the means"
    yield from _wrong_empty(blocks, codebook, indices)
    yield codebook, "the codewords have not moved"
    yield sums, "these are sums, divide each by the number of its blocks"
    yield _step(blocks, codebook, indices, codebook, np.median), "these are medians, take means"
    for cut in (np.rint, np.trunc):
        yield cut(expected), decimals
        yield np.where(empty[:, np.newaxis], codebook, cut(expected)), decimals
    yield (
        _step(blocks, codebook, nearest, codebook),
        "indices says which codeword each block has, so do not look for the nearest again",
    )
    yield (expected + codebook) / 2, "go all the way to the mean"
    yield (
        np.where(empty[:, np.newaxis], codebook, (sums + own) / (counts + 1)),
        "the codeword itself is none of its blocks",
    )
    yield (
        np.where(empty[:, np.newaxis], codebook, sums / k),
        "divide by the number of a codeword's blocks, not of codewords",
    )


def _step(blocks, codebook, indices, otherwise, gather=np.mean):
    """Return the codewords moved to their blocks' mean; those without any are taken otherwise."""
    moved = np.array(np.broadcast_to(otherwise, codebook.shape), dtype=float)
    for i in np.unique(indices):
        moved[i] = gather(blocks[indices == i].astype(float), axis=0)
    return moved


def _wrong_empty(blocks, codebook, indices):
    others = (0, blocks.mean(axis=0), blocks[0], blocks[-1], 255, 127.5, codebook[0])
    for other in others:
        yield (
            _step(blocks, codebook, indices, other),
            "a codeword that no block has stays where it is",
        )


def _step_shapes(n, d, k, empty):
    hints = [
        ((k,), "average over the blocks, axis=0, so that a codeword keeps its entries"),
        ((d, k), "codewords are rows, not columns"),
        ((n, d), "these are as many rows as blocks: return the codebook"),
        ((d,), "this is one codeword: return all of them, as rows"),
    ]
    if empty.any():
        left = int(k - empty.sum())
        hints.insert(0, ((left, d), "a codeword without blocks stays, it is not left out"))
    shapes = [shape for shape, _ in hints]
    # Where two mistakes give one shape, nobody knows which it was.
    return tuple(hint for hint in hints if shapes.count(hint[0]) == 1)


def _is_nan_in(value, rows):
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return False
    return len(array.shape) == 2 and len(array) == len(rows) and np.isnan(array[rows]).any()


def check_encode(function):
    """Check a student's ``encode(blocks, codebook)``."""
    blocks = np.array([[200, 190], [10, 12], [90, 100], [0, 255]], dtype=np.uint8)
    judge_encoding(function, blocks, [[11.5, 10.0], [195.0, 195.0], [80.5, 99.0], [20.0, 240.0]])
    judge_encoding(function, blocks, [[195.0, 195.0], [-3.5, 261.0], [11.5, 10.0]])
    hundred = np.full((1, 4), 100, np.uint8)
    judge_encoding(function, hundred, [[90] * 4, [100.4] * 4, [99.1] * 4, [100.6] * 4])
    judge_encoding(function, hundred, [[190] * 4, [120, 80, 120, 80], [145, 115, 100, 100]])
    judge_encoding(function, hundred, [[190] * 4, [100, 130, 100, 100], [125, 125, 125, 75]])
    cut_off = [111.9, 111.9, 110.9, 110.9]
    judge_encoding(function, hundred, [[190] * 4, [111.1] * 4, cut_off])
    judge_encoding(function, *_telling_blocks())
    beyond = [[-30, 0], [20, 0], [285, 255], [235, 255]]
    judge_encoding(function, np.uint8([[0, 0], [255, 255]]), beyond)
    many = np.random.default_rng(4).uniform(-5, 260, (300, 4))
    judge_encoding(function, np.uint8(many[::-1].clip(0, 255)), many)
    return correct("encode")


def more_encode(function, *seeds):
    """Check a student's ``encode`` on more blocks and codebooks."""
    for seed in seeds:
        for n, k, d in ((1, 1, 1), (7, 5, 4), (60, 20, 16), (9, 3, 64), (40, 300, 4)):
            codebook = np.random.default_rng(seed).uniform(-5, 260, (k, d))
            judge_encoding(function, drawn_blocks(n, d, seed), codebook)
            judge_encoding(function, np.uint8(codebook.clip(0, 255))[::-1], codebook)
    judge_encoding(function, np.full((2, 16), 11, np.uint8), [[90] * 16, [11.4] * 16, [10.9] * 16])
    two_alike = [[50, 7, 7, 7], [9, 9, 9, 9], [9, 9, 9, 9]]
    judge_encoding(function, np.full((3, 4), 9, np.uint8), two_alike)
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
    answer = ask("encode", function, blocks, codebook, shown=shown)
    answer.is_array(
        (count,),
        meaning="an index for each block",
        hints=_encoding_shapes(answer.value, blocks, codebook),
    )
    _is_no_distance(answer, blocks, codebook)
    kind = np.asarray(answer.value).dtype
    answer.is_true(
        kind.kind in "iu",
        f"has the type {kind}, but indices are integers: make an array of integers, with "
        "np.array(indices, dtype=int) or .astype(int).",
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
    if not len(wrong):
        return answer
    i, nearest = int(wrong[0]), int(distances[wrong[0]].argmin())
    hint = _encoding_hint(function, indices, distances)
    raise NotYet(
        f"{shown} gives block {i}{_spelled(blocks[i])} the codeword {indices[i]}"
        f"{_spelled(codebook[indices[i]])} at a squared distance of {chosen[i]:.5g}, but codeword "
        f"{nearest}{_spelled(codebook[nearest])} is at {least[i]:.5g}{hint and ': ' + hint}."
    )


def _encoding_hint(function, indices, distances):
    if distances.shape[1] > 256 and np.array_equal(indices, distances.argmin(axis=1) % 256):
        return "an index above 255 does not fit into uint8"
    blocks, codebook = _telling_blocks()
    return diagnosis("encode", function, (blocks, codebook), _wrong_encodings(blocks, codebook))


def _telling_blocks():
    """Return blocks and codewords whose indices differ for all mistakes that are known."""
    generator = np.random.default_rng(12)
    codebook = generator.uniform(20, 235, (24, 4))
    blocks = np.uint8(generator.integers(0, 256, (60, 4)))
    # Rounded, or cut off, the second codeword of each pair is the nearer one.
    pairs = [[10.6] * 4, [11.4, 11.4, 10.4, 10.4], [241.9] * 4, [243.1, 243.1, 242.1, 242.1]]
    beyond = [[-40.0, 0, 0, 0], [295.0, 255, 255, 255], [0, 0, 0, 262.5], [0, 0, 0, 245]]
    pairs += [[111.1] * 4, [111.9, 111.9, 110.9, 110.9]]
    places = [[0] * 4, [255] * 4, [0, 0, 0, 255], [100] * 4]
    return np.vstack([blocks, np.uint8(places)]), np.vstack([codebook, pairs, beyond])


def _wrong_encodings(blocks, codebook):
    differences = blocks[:, np.newaxis].astype(float) - codebook
    distances = np.square(differences).sum(axis=2)
    with np.errstate(invalid="ignore"):
        small = codebook.astype(int).astype(np.uint8)
        rounded = np.rint(codebook).astype(int).astype(np.uint8)
    square = "square the differences before the sum"
    decimals = "do not round the codebook here"
    as_it_is = "use the codebook as it is, uint8 has no decimals and wraps around"
    clipped = "do not clip the codebook here"
    entries = "add up the squares of all entries"
    sums = "compare entry by entry, since blocks that are alike in sum or mean may look different"
    for wrong, words in (
        (_distances(blocks, np.rint(codebook)), decimals),
        (_distances(blocks, np.trunc(codebook)), decimals),
        (_distances(blocks, np.floor(codebook)), decimals),
        (_distances(blocks, codebook.clip(0, 255)), clipped),
        (_distances(blocks, np.maximum(codebook, 0)), clipped),
        (_distances(blocks, np.minimum(codebook, 255)), clipped),
        (_distances(blocks, np.rint(codebook.clip(0, 255))), "do not round and clip it here"),
        *((_distances(blocks, each), as_it_is) for each in (small, rounded)),
        *(
            (np.square(blocks[:, np.newaxis] - each).sum(axis=2), as_it_is)
            for each in (small, rounded)
        ),
        (abs(differences).sum(axis=2), square),
        (differences.sum(axis=2), square),
        (abs(differences.sum(axis=2)), sums),
        (abs(differences).max(axis=2), entries),
        (abs(differences[..., 0]), entries),
        (-distances, "this is the farthest codeword"),
    ):
        yield wrong.argmin(axis=1), words
    yield distances.argmin(axis=1) + 1, "codewords are counted from 0"


def _encoding_shapes(value, blocks, codebook):
    """Say what a wrong shape comes from, where only one thing gives it."""
    (n, d), k = blocks.shape, len(codebook)
    hints = [
        ((n, d), "return indices of codewords, not the codewords"),
        ((n, k), "take one index for each block, such as argmin(axis=1) of its distances"),
        ((k,), "each block gets the index of a codeword, not the other way round"),
        ((n, 1), "make it one-dimensional, with .ravel()"),
    ]
    if np.ndim(value) == 0 and n > 1 and isinstance(value, (int, np.integer)):
        distances = _distances(blocks, codebook)
        if value == distances.argmin() != distances[0].argmin():
            hints.append(((), "argmin without an axis looks at the whole table, so give it one"))
        elif value == distances[0].argmin() != distances.argmin():
            words = "this is the index of the first block alone: return after the loop, not in it"
            hints.append(((), words))
    shapes = [shape for shape, _ in hints]
    return tuple(hint for hint in hints if shapes.count(hint[0]) == 1)


def _is_no_distance(answer, blocks, codebook):
    """Refuse the least distances, or their roots, in the place of indices."""
    least = _distances(blocks, codebook).min(axis=1)
    value = np.asarray(answer.value, dtype=float)
    answer.is_true(
        not (near(value, least) or near(value, np.sqrt(least))) or not least.any(),
        "holds the distances to the nearest codewords: return where they are smallest, by argmin "
        "in place of min.",
    )


def check_decode(function):
    """Check a student's ``decode(indices, codebook, height, width)``."""
    codebook = [[10.2, 10.7, 20.2, 20.7], [0, 255, 100, 90], [-7.3, 3.4, 261.8, 254.9]]
    judge_decoding(function, [0, 1, 2, 2, 1, 0], codebook, 4, 6)
    judge_decoding(function, [1, 0], [[3.9, 4.1, 5, 6], [1, 2, 7, 8]], 4, 2)
    judge_decoding(function, [1, 0, 1], [[20.2 * i for i in range(9)], range(9)], 3, 9)
    return correct("decode")


def more_decode(function, *seeds):
    """Check a student's ``decode`` on more indices, codebooks and types of indices."""
    for seed in seeds:
        generator = np.random.default_rng(seed)
        for rows, columns, side in ((3, 5, 1), (1, 1, 4), (2, 7, 3), (5, 2, 2)):
            whole = generator.integers(-30, 286, (6, side**2))
            codebook = whole + generator.uniform(-0.4, 0.4, (6, side**2))
            indices = generator.integers(0, 6, rows * columns)
            for dtype in (np.uint8, np.int64):
                judge_decoding(function, indices, codebook, rows * side, columns * side, dtype)
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
    judge_psnr(function, np.zeros((2, 3), np.uint8), np.full((2, 3), 255, np.uint8))
    return correct("psnr")


def more_psnr(function, *seeds):
    """Check a student's ``psnr`` on more pairs of images."""
    for seed in seeds:
        for shape in ((1, 1), (7, 4), (4, 7, 3), (30, 50), (1, 9, 3)):
            first, second = np.random.default_rng(seed).integers(0, 256, (2, *shape), np.uint8)
            for pair in ((first, second), (first // 4, second // 4), (first, first)):
                judge_psnr(function, *pair)
    judge_psnr(function, np.zeros((20, 30), np.uint8), np.zeros((20, 30), np.uint8))
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
    expected = _decibels(mean_squared)
    if near(answer.value, expected):
        return answer
    pair = np.random.default_rng(6).integers(0, 200, (2, 5, 7, 3), dtype=np.uint8)
    sentence = diagnosis("psnr", function, pair, _psnr_hints(*pair))
    return answer.equals(expected, hints=told(answer.value, sentence))


def _psnr_hints(original, decoded):
    difference = original.astype(float) - decoded
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
            (
                _decibels(np.mean(difference.astype(int) ^ 2)),
                "^ compares bits in Python, and ** is the power",
            ),
            (error, "this is the mean squared error, turn it into decibels"),
            (round(_decibels(error)), "do not round"),
            (
                10 * np.log10(255**2 / np.mean(difference**2, axis=1)),
                "take the mean over all entries, without an axis",
            ),
        )


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


def _decibels(error):
    return 10 * np.log10(255**2 / error)


def _spelled(vector):
    return f" {describe(vector)}" if len(vector) <= 4 else ""
