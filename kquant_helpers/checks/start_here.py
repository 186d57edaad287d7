"""What the visible tests of lesson 00 say."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct


def check_keep_top_bits(function):
    """Check a student's ``keep_top_bits(image, bits)``."""
    image = np.array([[0, 77, 128, 255]], dtype=np.uint8)
    for bits, expected in ((3, [[0, 64, 128, 224]]), (1, [[0, 0, 128, 128]]), (8, image)):
        answer = ask("keep_top_bits", function, image, bits)
        answer.is_array((1, 4), np.uint8).equals(expected, hints=_bit_hints(image, bits))
    _check_color(function)
    return correct("keep_top_bits", f"It keeps {_kept_levels(function)} levels with 2 bits.")


def _bit_hints(image, bits):
    low, step = 8 - bits, 2 ** (8 - bits)
    rounded = np.rint(image / step) * step
    return (
        (image & (step - 1), "these are the lowest bits, keep the highest"),
        (image & (2**bits - 1), "these are the lowest bits, keep the highest"),
        (image >> low, "after shifting right, shift left again to the old place"),
        (image >> bits << bits, f"clear the lowest 8 - {bits} = {low} bits, not the lowest {bits}"),
        (image, "this is the image as it came"),
        (rounded, "cut the low bits off, do not round"),
        (rounded % 256, "cut the low bits off, do not round: 255 would round to 256"),
        (np.minimum(rounded, 255), "cut the low bits off, do not round"),
        (image // step * step + step // 2, "a level is the lowest intensity of its bin here"),
        (image >> 5 << 5, "this keeps 3 bits whatever bits says"),
        (image * np.uint8(step % 256) // step, "uint8 has no room above 255: shift right first"),
    )


def check_gray_ramp(function):
    """Check a student's ``gray_ramp(height, width)``."""
    ramp = [0, 64, 128, 191, 255]
    ask("gray_ramp", function, 2, 5).is_array(
        (2, 5),
        np.uint8,
        meaning="(height, width)",
        hints=(
            ((5, 2), "height comes first"),
            ((5,), "repeat the row height times"),
            ((2, 5, 3), "a gray image has no third axis"),
        ),
    ).equals([ramp, ramp], hints=_ramp_hints(ramp))
    ask("gray_ramp", function, 3, 256).is_array((3, 256), np.uint8).equals([np.arange(256)] * 3)
    return correct("gray_ramp")


def _ramp_hints(ramp):
    room = "uint8 has no room above 255: compute first, convert to uint8 last"
    return (
        ([[0, 63, 127, 191, 255]] * 2, "round to the nearest integer before the conversion"),
        ([[0, 64, 128, 192, 255]] * 2, "round to the nearest integer, not always up"),
        ([[0, 51, 102, 153, 204]] * 2, "the last column is 255: divide by width - 1"),
        ([[0, 63, 126, 189, 252]] * 2, "the steps are 255 / (width - 1), with decimals"),
        ([[0, 64, 128, 192, 0]] * 2, "the last column is 255, and uint8 has no room for 256"),
        ([ramp[::-1]] * 2, "it runs from black on the left to white on the right"),
        ([[0] * 5, [255] * 5], "it runs from left to right, not from top to bottom"),
        ([[0, 64, 128, 191, 255], [0] * 5], "all rows are alike"),
        ([[0, 64, 128, 64, 63]] * 2, room),
        (np.rint(np.arange(5, dtype=np.uint8) * np.uint8(255) / 4)[np.newaxis].repeat(2, 0), room),
    )


def _check_color(function):
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10
    shown = "keep_top_bits(a color image of shape (2, 4, 3), 2)"
    answer = ask("keep_top_bits", function, color, 2, shown=shown)
    answer.is_array(color.shape, np.uint8, meaning="that of the image").equals(color // 64 * 64)


def _kept_levels(function):
    every = np.arange(256, dtype=np.uint8).reshape(16, 16)
    return len(np.unique(ask("keep_top_bits", function, every, 2).value))
