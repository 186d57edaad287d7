"""What the tests of lesson 00 say."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct

REFUSED = {
    "gray_ramp": {
        "load_photo": "np.linspace or np.arange makes one row, and np.tile or a loop repeats it"
    },
}

HINTS = {
    "keep_top_bits": (
        "How many bits have to go? Shift right by that many, so that they fall off, and shift "
        "left by as many: 77 >> 5 << 5 is 64.",
        "low = 8 - bits is that number. One line does for a whole image, gray or in color, "
        "without a loop: image >> low << low.",
    ),
    "gray_ramp": (
        "Begin with one row. Column 0 holds 0, the last one, width - 1, holds 255, so each step "
        "is 255 / (width - 1). np.linspace(0, 255, width) computes all of them, as floats.",
        "np.rint(row) rounds to whole numbers, .astype(np.uint8) converts them after that, and "
        "np.tile(row, (height, 1)) lays the row down height times.",
    ),
}


def check_keep_top_bits(function):
    """Check a student's ``keep_top_bits(image, bits)``."""
    image = np.array([[0, 77, 120, 255]], dtype=np.uint8)
    for bits, expected in ((3, [[0, 64, 96, 224]]), (1, [[0, 0, 0, 128]]), (8, image)):
        answer = ask("keep_top_bits", function, image, bits)
        answer.is_array((1, 4), np.uint8, hints=_FLAT).equals(
            expected, hints=_bit_hints(image, bits)
        )
    _check_color(function)
    for bits in range(1, 9):
        _judge_bits(function, _EVERY, bits, "an image of all intensities 0 to 255")
    return correct("keep_top_bits", "It keeps 4 levels with 2 bits.")


def more_keep_top_bits(function, *seeds):
    """Judge a student's ``keep_top_bits`` on images drawn at random, gray and in color."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        height, width = rng.integers(1, 9, 2)
        for shape in ((height, width), (width, height, 3)):
            image = rng.integers(0, 256, shape, dtype=np.uint8)
            for bits in range(1, 9):
                _judge_bits(function, image, bits, f"an image of shape {shape}")
    return correct("keep_top_bits")


def check_gray_ramp(function):
    """Check a student's ``gray_ramp(height, width)``."""
    answer = ask("gray_ramp", function, 2, 5)
    answer.is_array((2, 5), np.uint8, meaning="(height, width)", hints=_RAMP_SHAPES)
    nearest = _nearest(answer.value, _exact_ramp(2, 5))
    answer.equals(nearest, hints=_ramp_hints())
    for height, width in ((3, 256), (4, 2), (1, 1000)):
        _judge_ramp(function, height, width)
    return correct("gray_ramp")


def more_gray_ramp(function, *sizes):
    """Judge a student's ``gray_ramp`` at further pairs of a height and a width."""
    for height, width in sizes:
        _judge_ramp(function, height, width)
    return correct("gray_ramp")


_EVERY = np.arange(256, dtype=np.uint8).reshape(8, 32)
_FLAT = (((4,), "keep the two axes of the image; no ravel() or reshape() is needed"),)


def _judge_bits(function, image, bits, shown):
    """Judge one call; the low bits are what is left over by a division."""
    step = 2 ** (8 - bits)
    answer = ask("keep_top_bits", function, image, bits, shown=f"keep_top_bits({shown}, {bits})")
    answer.is_array(image.shape, np.uint8, meaning="that of the image")
    return answer.equals(image.astype(int) // step * step)


def _bit_hints(image, bits):
    image = image.astype(int)
    low, step = 8 - bits, 2 ** (8 - bits)
    rounded = np.rint(image / step) * step
    no_rounding = "cut the low bits off, do not round"
    lowest = "these are the lowest bits, keep the highest"
    return (
        *([(image % step, lowest), (image % 2**bits, lowest)] if low else []),
        (image >> low, "after shifting right, shift left again to the old place"),
        (image >> bits << bits, f"clear the lowest 8 - {bits} = {low} bits, not the lowest {bits}"),
        (image, "this is the image as it came"),
        (rounded, no_rounding),
        (rounded % 256, no_rounding),
        (np.minimum(rounded, 255), no_rounding),
        (rounded.clip(0, 256 - step), no_rounding),
        (image // step * step + step // 2, "a level is the lowest intensity of its bin here"),
        (image // step * step + step - 1, "a level is the lowest intensity of its bin here"),
        (image // 85 * 85, "3 bits make 2 ** 3 = 8 levels, not 3"),
        (image >> 5 << 5, "this keeps 3 bits whatever bits says"),
    )


def _check_color(function):
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10
    kept = color // 64 * 64
    shown = "keep_top_bits(a color image of shape (2, 4, 3), 2)"
    early = "; if return stands inside the loop, it comes too early"
    ask("keep_top_bits", function, color, 2, shown=shown).is_array(
        color.shape,
        np.uint8,
        meaning="that of the image",
        hints=(((2, 4), "a color image has three axes, and keeps them"),),
    ).equals(
        kept,
        hints=(
            ([kept[0], color[1]], f"the second row is as it came{early}"),
            ([kept[0], 0 * color[1]], f"the second row is still 0{early}"),
        ),
    )


_RAMP_SHAPES = (
    ((5, 2), "height comes first"),
    ((5,), "this is one row; repeat it height times"),
    ((10,), "the rows stand one behind the other; np.tile(row, (height, 1)) stacks them"),
    ((1, 5), "this is one row; repeat it height times"),
    ((2, 5, 3), "a gray image has no third axis"),
    ((2, 5, 1), "a gray image has no third axis"),
    ((2, 256), "the ramp has width columns, not one for each intensity"),
)


def _exact_ramp(height, width):
    return np.tile(np.arange(width) * 255 / (width - 1), (height, 1))


def _nearest(value, exact):
    """Return what an answer should be: where a half may fall either way, what it is."""
    value = np.asarray(value, dtype=float)
    return np.where(np.abs(value - exact) <= 0.5001, value, np.rint(exact))


def _judge_ramp(function, height, width):
    answer = ask("gray_ramp", function, height, width)
    answer.is_array((height, width), np.uint8, meaning="(height, width)")
    return answer.equals(_nearest(answer.value, _exact_ramp(height, width)))


def _ramp_hints():
    """Return what misconceptions make of two rows of five."""
    room = "uint8 has no room above 255: compute first, convert to uint8 last"
    small = np.rint(np.arange(5, dtype=np.uint8) * np.uint8(255) / 4)
    rows = (
        ([0, 63, 127, 191, 255], "round to the nearest integer before the conversion"),
        ([0, 64, 128, 192, 255], "the exact value is 191.25 there, and 191 is nearest to it"),
        ([0, 51, 102, 153, 204], "the last column is 255: divide by width - 1"),
        ([0, 63, 126, 189, 252], "the steps are 255 / (width - 1), with decimals"),
        ([0, 64, 128, 192, 0], "the last column is 255, and uint8 has no room for 256"),
        ([255, 191, 127, 64, 0], "it runs from black on the left to white on the right"),
        ([255, 191, 128, 64, 0], "it runs from black on the left to white on the right"),
        ([0, 1, 2, 3, 4], "the last column is 255: the steps are 255 / (width - 1)"),
        ([0, 0, 0, 0, 1], "the ramp ends at 255, not at 1"),
        ([0, 0, 0, 1, 1], "the ramp ends at 255, not at 1"),
        ([0, 0, 1, 1, 1], "the ramp ends at 255, not at 1"),
        (small, room),
    )
    alike = [([row] * 2, words) for row, words in rows]
    ramp, none = [0, 64, 128, 191, 255], [0] * 5
    return (
        *alike,
        ([none, [255] * 5], "it runs from left to right, not from top to bottom"),
        ([ramp, none], "all rows are alike, and the second one is still empty"),
        ([none, none], "all of it is black, as np.zeros makes it"),
    )
