"""Hypothesis strategies for images, and what the tests of the package core share."""

import re

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from kquant_helpers.cuts import CUTS

# Extremes and repetitions make the ties and the wrapping that noise never makes.
INTENSITIES = st.one_of(st.integers(0, 255), st.sampled_from([0, 1, 127, 128, 254, 255]))


def grays(longest=9):
    """Gray images, non-square and 1×1 ones among them."""
    return npst.arrays(np.uint8, st.tuples(*[st.integers(1, longest)] * 2), elements=INTENSITIES)


def colors(longest=9):
    """Color images, non-square and 1×1 ones among them."""
    shapes = st.tuples(*[st.integers(1, longest)] * 2, st.just(3))
    return npst.arrays(np.uint8, shapes, elements=INTENSITIES)


def images(longest=9):
    """Gray and color images."""
    return grays(longest) | colors(longest)


@st.composite
def image_pairs(draw, longest=9):
    """Two images of one shape."""
    image = draw(images(longest))
    return image, draw(npst.arrays(np.uint8, image.shape, elements=INTENSITIES))


@st.composite
def cut_images(draw):
    """An image, a cut that suits it, and a block size that divides both sides."""
    size, rows, columns = (draw(st.integers(1, 4)) for _ in range(3))
    depth = draw(st.sampled_from([(), (3,)]))
    shape = (rows * size, columns * size, *depth)
    image = draw(npst.arrays(np.uint8, shape, elements=INTENSITIES))
    # Half of the images in blocks: only there does the size matter.
    others = [cut for cut in CUTS if cut != "block" and (depth or cut != "rgb")]
    return image, draw(st.just("block") | st.sampled_from(others)), size


def assert_one_sentence(message):
    assert message.endswith(".") and not message.endswith(".."), message
    assert "\n" not in message, message
    assert not re.search(r"[.?!]\s", message), message


def refusal(errors, function, *arguments, **options):
    """Return the one sentence with which a call is refused, without a library's traceback."""
    with pytest.raises(errors) as caught:
        function(*arguments, **options)
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert_one_sentence(str(caught.value))
    return str(caught.value)


def read_only(image):
    image = image.copy()
    image.flags.writeable = False
    return image
