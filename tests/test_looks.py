"""Colors stand out from both themes, and no method has the color of a channel."""

import pytest

from kquant_helpers.looks import INK, LOOKS, PATHS, look_of

# JupyterLab's pages, light and dark, and its darker cells.
PAGES = ("#ffffff", "#111111", "#212121")
CHANNELS = ("R", "G", "B")


def luminance(color):
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", PAGES)
def test_every_color_stands_out_from_the_page(page):
    colors = {
        INK,
        *(look.color for look in LOOKS.values()),
        *(look_of("?", i).color for i in range(9)),
    }
    assert min(contrast(color, page) for color in colors) >= 3


def test_channels_have_their_own_colors_and_no_method_has_one():
    red, green, blue = (LOOKS[name].color for name in CHANNELS)
    for color, place in ((red, 1), (green, 3), (blue, 5)):
        values = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
        assert max(values) == int(color[place : place + 2], 16)
    methods = [look.color for name, look in LOOKS.items() if name not in CHANNELS]
    assert not {red, green, blue} & set(methods)


def test_every_look_can_be_drawn_by_both():
    for look in LOOKS.values():
        assert look.marker in PATHS
        assert look.line in ("-", "--", ":", "-.")


def test_a_method_keeps_its_look_whatever_stands_beside_it():
    assert look_of("channel-wise", 3) == look_of("channel", 0)
    assert look_of("something else", 1) != look_of("something else", 2)
