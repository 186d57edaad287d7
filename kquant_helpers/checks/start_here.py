"""What the visible tests of lesson 00 say."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct


def check_keep_top_bits(function):
    """Check a student's ``keep_top_bits(image, bits)``."""
    image = np.array([[0, 77, 128, 255]], dtype=np.uint8)
    for bits, expected in ((3, [[0, 64, 128, 224]]), (1, [[0, 0, 128, 128]]), (8, image)):
        low = 8 - bits
        ask("keep_top_bits", function, image, bits).is_array((1, 4), np.uint8).equals(
            expected,
            hints=(
                (image & (2**low - 1), "these are the lowest bits, keep the highest"),
                (image >> low, "after shifting right, shift left again to the old place"),
                (image >> bits << bits, "this clears bits lowest bits, clear 8 - bits of them"),
                (image & (255 << bits & 255), "this clears bits lowest bits, clear 8 - bits"),
                (image, "this is the image as it came"),
                (np.rint(image / 2**low) * 2**low, "cut the low bits off, do not round"),
            ),
        )
    _check_color(function)
    return correct("keep_top_bits", f"It keeps {_kept_levels(function)} levels with 2 bits.")


def check_gray_ramp(function):
    """Check a student's ``gray_ramp(height, width)``."""
    ramp = [0, 64, 128, 191, 255]
    ask("gray_ramp", function, 2, 5).is_array((2, 5), np.uint8, meaning="(height, width)").equals(
        [ramp, ramp],
        hints=(
            ([[0, 63, 127, 191, 255]] * 2, "round to the nearest integer before the conversion"),
            ([[0, 51, 102, 153, 204]] * 2, "the last column is 255: divide by width - 1"),
            ([ramp[::-1]] * 2, "it runs from black on the left to white on the right"),
        ),
    )
    ask("gray_ramp", function, 3, 256).is_array((3, 256), np.uint8).equals([np.arange(256)] * 3)
    return correct("gray_ramp")


def _check_color(function):
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10
    shown = "keep_top_bits(a color image of shape (2, 4, 3), 2)"
    answer = ask("keep_top_bits", function, color, 2, shown=shown)
    answer.is_array(color.shape, np.uint8, meaning="that of the image").equals(color // 64 * 64)


def _kept_levels(function):
    every = np.arange(256, dtype=np.uint8).reshape(16, 16)
    return len(np.unique(ask("keep_top_bits", function, every, 2).value))
