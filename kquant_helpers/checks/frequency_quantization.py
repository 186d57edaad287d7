"""What the tests of lesson 09 say: the visible ones, and those that run in grading."""

import numpy as np

from kquant_helpers.checks.entropy_coding import _ask_unsigned, _bits, _integers
from kquant_helpers.checks.ladder import ask, correct

REFUSED = {
    "blocks_to_coefficients": ("Frequency",),
    "coefficients_to_blocks": ("Frequency",),
    "quality_table": {"jpeg_table": "scale the base table yourself"},
    "coefficient_bits": {
        "entropy_bits": "kq.index_entropy of each column is allowed",
        "huffman_bits": "kq.index_entropy of each column is allowed",
    },
}

HINTS = {
    "dct_matrix": (
        "u = np.arange(n)[:, np.newaxis] is a column of row numbers and x = np.arange(n) a row of "
        "column numbers; u * x is then a whole table.",
        "Fill the whole table with √(2/n) · cos(…) first, and then divide row 0 by √2.",
    ),
    "blocks_to_coefficients": (
        "blocks.astype(float) - 128 first; then .reshape(-1, 8, 8) makes each row a block again.",
        "C @ B @ C.T works on all blocks of an array of shape (m, 8, 8) at once; at the end, "
        ".reshape(-1, 64).",
    ),
    "coefficients_to_blocks": (
        "C.T undoes C, since C.T @ C is the identity.",
        "C.T @ K @ C for all blocks of shape (m, 8, 8) at once, then + 128 and .reshape(-1, 64).",
    ),
    "zigzag": (
        "On one antidiagonal row + column is the same number, and there are 2n - 1 of them.",
        "Odd antidiagonals run downward (the row grows), even ones upward. The position of a "
        "place is row * n + column.",
    ),
    "quality_table": (
        "Work out the scale s first; // divides whole numbers and drops the rest.",
        "np.clip(a, 1, 255) moves what is below 1 to 1, and what is above 255 to 255.",
    ),
    "quantize_coefficients": (
        "table.ravel() has the 64 steps in the order of the columns; dividing an array of shape "
        "(m, 64) by it divides each row.",
        "np.rint rounds and returns floats; .astype(int) makes integers of them.",
    ),
    "dequantize_coefficients": (
        "table.ravel() has the 64 steps in the order of the columns.",
        "Multiply each index by the step of its column.",
    ),
    "coefficient_bits": (
        "quantized[:, i] is one column; kq.index_entropy gives its entropy.",
        "Sum the 64 entropies: they are the bits of one block. A block has 64 pixels.",
    ),
}

# The table for luma in the standard of JPEG, ISO/IEC 10918-1, annex K, and the one for chroma.
_LUMA = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ],
    dtype=np.int64,
)
_CHROMA = np.full((8, 8), 99, dtype=np.int64)
_CHROMA[:4, :4] = [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]]


# --- dct_matrix ------------------------------------------------------------------------------


def check_dct_matrix(function):
    """Check a student's ``dct_matrix(n)``."""
    for n in (3, 2, 8, 1):
        _judge_matrix(function, n)
    return correct("dct_matrix")


def more_dct_matrix(function, *sizes):
    """Check a student's ``dct_matrix`` of more sizes."""
    for n in sizes:
        _judge_matrix(function, n)
    return correct("dct_matrix")


def _judge_matrix(function, n):
    answer = ask("dct_matrix", function, n).is_array((n, n), meaning="(u, x)")
    matrix = _matrix(n)
    plain = matrix / _scales(n)
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    tall = np.sqrt(2 / n)
    return answer.equals(
        matrix,
        rtol=0,
        atol=1e-9,
        hints=(
            (matrix.T, "u numbers the rows, x the columns"),
            (plain, "each row has its factor c(u), √(1/n) or √(2/n)"),
            (tall * plain, "row 0 has a factor of its own, c(0) = √(1/n)"),
            (np.sqrt(1 / n) * plain, "all rows but the first have the factor √(2/n)"),
            (matrix * tall * n / 2, "the factors are square roots"),
            (_scales(n) ** 2 * plain, "the factors are square roots: √(1/n) and √(2/n)"),
            (_scales(n) * np.cos((2 * x + 1) * u * np.pi / n), "below the line stands 2n, not n"),
            (
                _scales(n) * np.cos((2 * x + 1) * u * np.pi / 2 * n),
                "2n is all below the line: give it parentheses, / (2 * n)",
            ),
            (_scales(n) * np.cos(2 * x * u * np.pi / (2 * n)), "the factor is 2x + 1, not 2x"),
            (_scales(n) * np.cos((x + 1) * u * np.pi / (2 * n)), "the factor is 2x + 1"),
            (
                _scales(n) * np.cos((2 * x - 1) * u * np.pi / (2 * n)),
                "the factor is 2x + 1, and x runs from 0 to n - 1",
            ),
            (
                _scales(n) * np.cos((2 * x + 1) * (u + 1) * np.pi / (2 * n)),
                "u runs from 0 to n - 1",
            ),
            (_scales(n) * np.sin((2 * x + 1) * u * np.pi / (2 * n)), "take the cosine, not sine"),
        ),
    )


def _scales(n):
    scales = np.full((n, 1), np.sqrt(2 / n))
    scales[0] = np.sqrt(1 / n)
    return scales


def _matrix(n):
    """Return the matrix of the cosine transform."""
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    return _scales(n) * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# --- blocks_to_coefficients, coefficients_to_blocks ------------------------------------------


def check_blocks_to_coefficients(function):
    """Check a student's ``blocks_to_coefficients(blocks)``."""
    white = np.full((1, 64), 255, np.uint8)
    black = np.zeros((2, 64), np.uint8)
    ramp = np.repeat(np.arange(0, 160, 20, dtype=np.uint8)[np.newaxis], 8, axis=0)
    for blocks, named in (
        (white, "a white block"),
        (black, "two black blocks"),
        (ramp.reshape(1, 64), "a block that gets brighter to the right"),
        (_drawn_blocks(0, 3), "three blocks of noise"),
    ):
        _judge_coefficients(function, blocks, named)
    return correct("blocks_to_coefficients")


def more_blocks_to_coefficients(function, *seeds):
    """Check a student's ``blocks_to_coefficients`` of blocks that seeds draw."""
    for seed in seeds:
        for m in (1, 2, 8, 64, 100):
            blocks = _drawn_blocks(seed, m)
            _judge_coefficients(function, blocks, f"{m} {'block' if m == 1 else 'blocks'} of noise")
    return correct("blocks_to_coefficients")


def _judge_coefficients(function, blocks, named):
    shown = f"blocks_to_coefficients({named}, of shape {blocks.shape})"
    answer = ask("blocks_to_coefficients", function, blocks, shown=shown)
    answer.is_array(blocks.shape, meaning="a row of 64 coefficients for each block")
    c, moved = _matrix(8), blocks.reshape(-1, 8, 8) - 128.0
    wrapped = (blocks - np.uint8(128)).reshape(-1, 8, 8)
    plain = blocks.reshape(-1, 8, 8).astype(float)
    return answer.equals(
        _flat(c @ moved @ c.T),
        rtol=0,
        atol=1e-6,
        hints=(
            (_flat(c @ plain @ c.T), "subtract 128 from each intensity first"),
            (_flat(c @ wrapped @ c.T), "a uint8 wraps around below 0, so convert to float first"),
            (
                _flat(c @ wrapped.astype(np.int8) @ c.T),
                "a uint8 wraps around below 0, so convert to float first",
            ),
            (_flat(c @ (plain - 127) @ c.T), "subtract 128, not 127"),
            (_flat(c @ (plain - 127.5) @ c.T), "subtract 128, not 127.5"),
            (_flat(c @ plain @ c.T) - 128, "subtract 128 from the intensities, not at the end"),
            (_flat(c.T @ moved @ c), "this is the way back, C.T · B · C; it begins with C here"),
            (_flat(c @ moved @ c), "the second matrix is transposed: C · B · C.T"),
            (_flat(c @ moved), "this transforms the columns only: C · B · C.T"),
            (_flat(moved @ c.T), "this transforms the rows only: C · B · C.T"),
            (_flat(c * moved * c.T), "* multiplies entry by entry; @ is the product of matrices"),
            (_flat(np.swapaxes(c @ moved @ c.T, 1, 2)), "rows and columns of each block are mixed"),
            (np.rint(_flat(c @ moved @ c.T)), "do not round here"),
            (np.trunc(_flat(c @ moved @ c.T)), "do not cut decimals off here"),
            (_flat(moved), "nothing was transformed"),
            (_flat(8 * c @ moved @ c.T), "the factors c(u) belong into the matrix"),
        ),
    )


def check_coefficients_to_blocks(function):
    """Check a student's ``coefficients_to_blocks(coefficients)``."""
    first = np.zeros((2, 64))
    first[:, 0] = 1016, -1024
    wave = np.zeros((1, 64))
    wave[0, [0, 1, 16]] = 40, 100, -60
    bright = np.zeros((1, 64))
    bright[0, [0, 3]] = 900.5, 700
    for coefficients, named in (
        (first, "1016 and -1024 in the first column, all others 0"),
        (wave, "three that are not 0"),
        (bright, "two that are not 0, and large"),
        (_drawn_coefficients(0, 3), "noise"),
    ):
        _judge_blocks(function, coefficients, named)
    return correct("coefficients_to_blocks")


def more_coefficients_to_blocks(function, *seeds):
    """Check a student's ``coefficients_to_blocks`` of coefficients that seeds draw."""
    for seed in seeds:
        for m in (1, 2, 8, 64, 100):
            _judge_blocks(function, _drawn_coefficients(seed, m), "noise")
    return correct("coefficients_to_blocks")


def _judge_blocks(function, coefficients, named):
    shown = f"coefficients_to_blocks(coefficients of shape {coefficients.shape}, {named})"
    answer = ask("coefficients_to_blocks", function, coefficients, shown=shown)
    answer.is_array(coefficients.shape, meaning="a row of 64 pixels for each block")
    c, k = _matrix(8), coefficients.reshape(-1, 8, 8)
    back = _flat(c.T @ k @ c)
    expected = back + 128
    return answer.equals(
        expected,
        rtol=1e-5,
        atol=1e-3,
        hints=(
            (back, "add the 128 again"),
            (_flat(c.T @ (k + 128) @ c), "add the 128 to the pixels, at the end"),
            (back - 128, "the 128 was subtracted on the way there, so add it"),
            (_flat(c @ k @ c.T) + 128, "this is the way there, C · B · C.T; it begins with C.T"),
            (_flat(c.T @ k @ c.T) + 128, "the second matrix is not transposed: C.T · K · C"),
            (_flat(c.T @ k) + 128, "this transforms the columns only: C.T · K · C"),
            (_flat(k @ c) + 128, "this transforms the rows only: C.T · K · C"),
            (_flat(c.T * k * c) + 128, "* multiplies entry by entry; @ is the product of matrices"),
            (np.clip(np.rint(expected), 0, 255), "do not round and do not clip here"),
            (np.clip(expected, 0, 255), "do not clip here: values beyond 0 to 255 stay"),
            (np.rint(expected), "do not round here"),
            (np.trunc(expected), "do not cut decimals off here"),
            (np.floor(expected), "do not cut decimals off here"),
            (_flat(np.swapaxes(c.T @ k @ c, 1, 2)) + 128, "rows and columns of a block are mixed"),
        ),
    )


def _drawn_blocks(seed, m):
    return np.random.default_rng(seed).integers(0, 256, (m, 64), dtype=np.uint8)


def _drawn_coefficients(seed, m):
    return np.random.default_rng(seed).normal(0, 150, (m, 64)).round(3)


def _flat(blocks):
    return blocks.reshape(-1, 64)


# --- zigzag ----------------------------------------------------------------------------------


def check_zigzag(function):
    """Check a student's ``zigzag(n)``."""
    for n in (3, 4, 1, 2, 8):
        _judge_zigzag(function, n)
    return correct("zigzag")


def more_zigzag(function, *sizes):
    """Check a student's ``zigzag`` of more sizes."""
    for n in sizes:
        _judge_zigzag(function, n)
    return correct("zigzag")


# As many steps of a walk are shown.
_SHOWN = 12


def _judge_zigzag(function, n):
    answer = ask("zigzag", function, n)
    pairs = np.shape(answer.value) == (n * n, 2) and n > 1
    answer.is_true(
        not pairs, "holds a row and a column for each place: a position is row * n + column."
    )
    square = np.shape(answer.value) == (n, n) and n > 1
    answer.is_true(not square, f"has the shape {(n, n)}: lay it out in one row, with .ravel().")
    order = _integers(answer, (n * n,), "a position for each step")
    expected = _zigzag(n)
    rows, columns = expected // n, expected % n
    same_way = np.lexsort((np.arange(n * n) // n, np.add(*divmod(np.arange(n * n), n))))
    words = ""
    for wrong, hint in (
        (np.argsort(expected), "this is when each position is visited; list which one is next"),
        (columns * n + rows, "the first step goes to the right, from 0 to 1"),
        (np.arange(n * n), "this is row by row; walk along the antidiagonals"),
        (np.arange(n * n).reshape(n, n).T.ravel(), "this is column by column"),
        (same_way, "every other antidiagonal is walked the other way"),
        (same_way % n * n + same_way // n, "every other antidiagonal is walked the other way"),
        (expected + 1, "positions count from 0"),
        (expected[::-1], "start at position 0"),
        (_snake(n), "these are rows, walked to and fro; walk along the antidiagonals"),
    ):
        if n > 2 and not words and np.array_equal(order, wrong):
            words = f": {hint}"
    wrong = int(np.argmax(order != expected))
    told = (
        f"is {_run(order)}, but {_run(expected)} is expected{words}."
        if words or wrong < _SHOWN
        else f"has {order[wrong]} at [{wrong}], but {expected[wrong]} is expected."
    )
    return answer.is_true(np.array_equal(order, expected), told)


def _zigzag(n):
    """Return row-major positions along the antidiagonals, the first step to the right."""
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else -at[0]))
    return np.array([row * n + column for row, column in places])


def _snake(n):
    rows = np.arange(n * n).reshape(n, n)
    rows[1::2] = rows[1::2, ::-1]
    return rows.ravel()


def _run(order):
    return " ".join(map(str, order[:_SHOWN])) + (" …" if len(order) > _SHOWN else "")


# --- quality_table ---------------------------------------------------------------------------


def check_quality_table(function):
    """Check a student's ``quality_table(base, quality)``."""
    for quality in (50, 75, 25, 90, 30, 1, 100, 45, 56):
        _judge_table(function, _LUMA, quality)
    return correct("quality_table")


def more_quality_table(function, *qualities):
    """Check a student's ``quality_table`` at qualities, and over a range of them where two."""
    for quality in range(qualities[0], qualities[-1] + 1):
        for base in (_LUMA, _CHROMA):
            _judge_table(function, base, quality)
    return correct("quality_table")


def _judge_table(function, base, quality):
    kind = "luma" if base is _LUMA else "chroma"
    shown = f"quality_table(the {kind} table of JPEG, {quality})"
    answer = ask("quality_table", function, base, quality, shown=shown)
    _integers(answer, (8, 8), "a step for each frequency")
    s = _scale(quality)
    exact = 5000 / quality if quality < 50 else s
    whole = (base * s + 50) // 100
    return answer.equals(
        np.clip(whole, 1, 255),
        rtol=0,
        atol=0,
        hints=(
            (np.minimum(whole, 255), "a step of 0 divides by 0: clip to 1 at least"),
            (np.maximum(whole, 1), "steps are 255 at most: clip"),
            (np.clip(base * s // 100, 1, 255), "round: add 50 before // 100"),
            (np.clip(np.rint(base * s / 100), 1, 255), "a half goes up here, add 50, then // 100"),
            (
                np.clip((base * exact + 50) // 100, 1, 255),
                "the scale is a whole number, 5000 // quality",
            ),
            (np.clip((base * (200 - 2 * quality) + 50) // 100, 1, 255), "below 50, s = 5000 // q"),
            (np.clip((base * (5000 // quality) + 50) // 100, 1, 255), "from 50 on, s = 200 - 2q"),
            (base, "the table is scaled by the quality"),
            (whole.astype(np.uint8), "clip before you convert to uint8"),
        ),
    )


def _scale(quality):
    return 5000 // quality if quality < 50 else 200 - 2 * quality


def _table(quality, base=_LUMA):
    """Return JPEG's table at a quality."""
    return np.clip((base * _scale(quality) + 50) // 100, 1, 255)


# --- quantize_coefficients, dequantize_coefficients ------------------------------------------


def check_quantize_coefficients(function):
    """Check a student's ``quantize_coefficients(coefficients, table)``."""
    example = np.zeros((2, 64))
    example[0, :4], example[1, :4] = [35, -35, 6, -4], [-7.9, 16.4, -12, 900]
    for coefficients, table, named in (
        (example, _LUMA, "the luma table of JPEG"),
        (_drawn_coefficients(1, 3), _LUMA, "the luma table of JPEG"),
        (_drawn_coefficients(2, 2), np.full((8, 8), 1), "steps of 1"),
        (_drawn_coefficients(3, 64), np.full((8, 8), 21.5), "steps of 21.5"),
    ):
        _judge_quantized(function, coefficients, table, named)
    return correct("quantize_coefficients")


def more_quantize_coefficients(function, *seeds):
    """Check a student's ``quantize_coefficients`` of coefficients that seeds draw."""
    for seed in seeds:
        for m, table in _tables(seed):
            _judge_quantized(function, _drawn_coefficients(seed, m), table, "a table")
    return correct("quantize_coefficients")


def _tables(seed):
    rng = np.random.default_rng(seed)
    return (
        (1, _table(30)),
        (8, _table(90, _CHROMA)),
        (64, rng.uniform(0.5, 60, (8, 8))),
        (20, rng.integers(1, 256, (8, 8))),
    )


def _judge_quantized(function, coefficients, table, named):
    shown = f"quantize_coefficients(coefficients of shape {coefficients.shape}, {named})"
    answer = ask("quantize_coefficients", function, coefficients, table, shown=shown)
    found = _integers(answer, coefficients.shape, "an index for each coefficient")
    steps = table.ravel()
    off = abs(found * steps - coefficients) > steps * (0.5 + 1e-4)
    if not off.any():
        return answer
    row, column = (int(i) for i in np.argwhere(off)[0])
    value, step = coefficients[row, column], steps[column]
    nearest = int(np.rint(value / step))
    return answer.is_true(
        False,
        f"has {found[row, column]} at [{row}, {column}], but {value:g} divided by {step:g} is "
        f"{value / step:.3g}, rounded {nearest}{_rounding_hint(found, coefficients, table)}.",
    )


def _rounding_hint(found, coefficients, table):
    quotient, turned = coefficients / table.ravel(), coefficients / table.T.ravel()
    nearest = np.rint(quotient)
    uneven = not np.array_equal(table, table.T)
    for wrong, words in (
        (np.trunc(quotient), "int() and astype cut decimals off, so round first"),
        (np.floor(quotient), "// rounds down, so divide with / and round"),
        (np.ceil(quotient), "round to the nearest whole number"),
        (np.trunc(quotient + 0.5), "adding a half and cutting off is wrong below 0"),
        (nearest.astype(np.int64).astype(np.int8), "an int8 ends at 127; use int"),
        (nearest.astype(np.int64).astype(np.uint8), "a uint8 has no negative numbers; use int"),
        (np.maximum(nearest, 0), "negative ones are kept"),
        (abs(nearest), "the sign is kept"),
        (np.rint(coefficients), "divide by the steps of the table first"),
        (nearest * table.ravel(), "these are the values that come back; return the indices"),
        (np.rint(coefficients * table.ravel()), "divide by the steps, do not multiply"),
        (np.rint(coefficients / np.mean(table)), "each column has a step of its own"),
        (np.rint(coefficients / table[0, 0]), "each column has a step of its own"),
    ):
        if np.array_equal(found, wrong):
            return f": {words}"
    if uneven and np.array_equal(found, np.rint(turned)):
        return ": rows and columns of the table are mixed up"
    return ""


def check_dequantize_coefficients(function):
    """Check a student's ``dequantize_coefficients(quantized, table)``."""
    example = np.zeros((2, 64), dtype=np.int64)
    example[0, :4], example[1, :6] = [2, -3, 1, 0], [-1, 1, -1, 56, 130, -300]
    for quantized, table, named in (
        (example, _LUMA, "the luma table of JPEG"),
        (_drawn_indices(1, 3), _LUMA, "the luma table of JPEG"),
        (_drawn_indices(2, 64), np.full((8, 8), 21.5), "steps of 21.5"),
        (_drawn_indices(3, 2), np.full((8, 8), 2.0625), "steps of 2.0625"),
    ):
        _judge_dequantized(function, quantized, table, named)
    return correct("dequantize_coefficients")


def more_dequantize_coefficients(function, *seeds):
    """Check a student's ``dequantize_coefficients`` of indices that seeds draw."""
    for seed in seeds:
        for m, table in _tables(seed):
            _judge_dequantized(function, _drawn_indices(seed, m), table, "a table")
    return correct("dequantize_coefficients")


def _drawn_indices(seed, m):
    return np.rint(np.random.default_rng(seed).normal(0, 20, (m, 64))).astype(np.int64)


def _judge_dequantized(function, quantized, table, named):
    shown = f"dequantize_coefficients(indices of shape {quantized.shape}, {named})"
    answer = ask("dequantize_coefficients", function, quantized, table, shown=shown)
    answer.is_array(quantized.shape, meaning="a coefficient for each index")
    expected = quantized * table.ravel()
    return answer.equals(
        expected,
        rtol=1e-6,
        atol=1e-6,
        hints=(
            (quantized * table.T.ravel(), "rows and columns of the table are mixed up"),
            (quantized / table.ravel(), "multiply by the steps, do not divide"),
            (quantized, "multiply each index by its step"),
            (quantized * table[0, 0], "each column has a step of its own"),
            (quantized * table.mean(), "each column has a step of its own"),
            ((quantized + 0.5) * table.ravel(), "rounding goes to the nearest, so add no half"),
            (np.rint(expected), "keep the decimals"),
            (np.trunc(expected), "keep the decimals"),
            (np.round(expected, 1), "keep the decimals"),
            (np.round(expected, 2), "keep the decimals"),
            (quantized.astype(np.int8) * table.ravel(), "an int8 ends at 127"),
            (np.clip(expected, 0, 255), "coefficients may be negative, and beyond 255"),
            (
                expected.astype(np.int64).astype(np.uint8),
                "coefficients may be negative, and beyond 255",
            ),
            (expected.astype(np.int64).astype(np.int8), "an int8 ends at 127"),
            (expected + 128, "the 128 is added to the pixels, later"),
        ),
    )


# --- coefficient_bits ------------------------------------------------------------------------


def check_coefficient_bits(function):
    """Check a student's ``coefficient_bits(quantized)``."""
    example = np.zeros((4, 64), dtype=np.int64)
    example[:, 0], example[:, 1], example[:, 63] = [3, 5, 3, 5], [-1, 0, 1, 2], [0, 0, 0, -7]
    alike = np.tile(np.arange(64), (5, 1))
    wide = np.zeros((4, 64), dtype=np.int64)
    wide[:, 0] = -1, 255, 44, 300
    fine = np.rint(_drawn_indices(4, 200) / np.arange(1, 65)).astype(np.int64)
    for quantized, named in (
        (example, "an example of 4 blocks"),
        (alike, "5 blocks that are alike"),
        (wide, "4 blocks, -1, 255, 44 and 300 in the first column"),
        (fine, "200 blocks"),
    ):
        _judge_column_bits(function, quantized, named)
    return correct("coefficient_bits")


def more_coefficient_bits(function, *seeds):
    """Check a student's ``coefficient_bits`` of indices that seeds draw."""
    for seed in seeds:
        for m in (1, 2, 30, 64, 500):
            fine = np.rint(_drawn_indices(seed, m) * 3 / np.arange(1, 65)).astype(np.int64)
            _judge_column_bits(function, fine, f"{m} {'block' if m == 1 else 'blocks'}")
    return correct("coefficient_bits")


def _judge_column_bits(function, quantized, named):
    shown = f"coefficient_bits({named}, of shape {quantized.shape})"
    answer = _ask_unsigned("coefficient_bits", function, quantized, shown=shown).is_number()
    columns = np.array([_bits(column) for column in quantized.T])
    rows = np.array([_bits(row) for row in quantized])
    bits, m = columns.sum(), len(quantized)
    return answer.equals(
        bits / 64,
        hints=(
            (bits, "these are the bits of a block; divide by its 64 pixels"),
            (bits * m, "give the bits of one pixel, not of all"),
            (bits / m, "divide by the 64 pixels of a block, not by the number of blocks"),
            (bits / 64 / m, "the entropy is of one index already, so divide by 64 only"),
            (_bits(quantized), "take the entropy of each column by itself"),
            (rows.mean(), "these are the rows; take the entropy of each column"),
            (rows.sum(), "these are the rows; take the entropy of each column"),
            (rows.sum() / 64, "these are the rows; take the entropy of each column"),
            (columns[1:].sum() / 64, "the first column counts, too"),
            (columns[:63].sum() / 64, "the last column counts, too"),
            (bits / 63, "divide by 64, the pixels of a block"),
            (bits / 8, "divide by 64, the pixels of a block"),
            (bits / 64 * np.log(2), "np.log is the natural logarithm; np.log2 counts bits"),
            (-bits / 64, "the logarithm of a share is negative, so the sum needs a minus sign"),
            (
                sum(_bits(abs(column)) for column in quantized.T) / 64,
                "an index and its negative are two different ones",
            ),
            (
                sum(_bits(column) for column in quantized.astype(np.uint8).T) / 64,
                "a uint8 holds no indices below 0 or above 255",
            ),
        ),
    )
