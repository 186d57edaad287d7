"""The explorer of lesson 03: k levels for each channel, against k levels for all of them."""

import math

import numpy as np

from kquant_helpers.counts import count_colors_used, intensity_counts
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import squared_error
from kquant_helpers.explorers.frame import Choice, Explorer, View, levels_slider, picture
from kquant_helpers.explorers.plots import bars_svg, histogram_pair_svg
from kquant_helpers.explorers.readouts import error_readouts, file_readouts
from kquant_helpers.explorers.subject import choose_subject, student_image
from kquant_helpers.looks import look_of
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import index_bits

_CHANNELS = ("R", "G", "B")
_ORIGINAL, _GLOBAL = "original", "global quantization"

# More of them do not fit into a line.
_LISTED = 8


def explore_channels(photo=None, function=None):
    """Explore channel-wise quantization: k levels for each channel, against global ones.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``quantize_channels(image, k)``. The default is the package's own.

    With a photo or a function given, it opens where the two methods differ most: at two levels,
    beside global ones.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_channels("flower").render({"k": 2}).readouts[1]
    ('Levels of R', '6, 209')
    """
    subject = choose_subject(photo)

    def draw(state):
        image = subject.image(state)
        result = _quantized(image, state["k"], function)
        return _view(subject.before(state), image, result, state)

    title = "Channel-wise quantization" + (": your quantize_channels" if function else "")
    k, left = (4, _ORIGINAL) if photo is None and function is None else (2, _GLOBAL)
    controls = (
        *subject.controls,
        Choice("left", "On the left", (_ORIGINAL, _GLOBAL), left),
        levels_slider(k, "Levels per channel"),
    )
    return Explorer(title, controls, draw, live=function is None)


def _quantized(image, k, function):
    if function is not None:
        return student_image("quantize_channels", function, image, k)
    return quantize(image, k, "channel").image


def _view(original, image, result, state):
    k = state["k"]
    globally = quantize(image, k, "global").image
    words = f"{k} {'level' if k == 1 else 'levels'}"
    photo, caption = original.photo, f"{words} per channel"
    after = picture(result, caption, f"The photo in {caption}", of=photo)
    before = original
    if state["left"] != _ORIGINAL:
        caption = f"{words} for all channels"
        before = picture(globally, caption, f"The photo in {words}, global", of=photo)
    counts = [_channel_counts(each) for each in (image, result)]
    errors = [_channel_errors(image, each) for each in (globally, result)]
    return View(
        before=before,
        after=after,
        plots=(*_histograms(*counts), _error_bars(*errors)),
        readouts=(
            *_level_readouts(counts[1], globally),
            *_size_readouts(result, counts[1], globally),
            *error_readouts(image, result),
            *_gain_readouts(*errors),
            *file_readouts(original, after),
        ),
    )


def _channel_counts(image):
    """Return the histogram of each channel, by its name; a gray image has one."""
    channels = cut_image(image, "channel")
    names = _CHANNELS if len(channels) == 3 else ("gray",)
    return {name: intensity_counts(each) for name, each in zip(names, channels, strict=True)}


def _histograms(before, after):
    return tuple(
        histogram_pair_svg(
            before[name],
            after[name],
            f"{name}: before, and the levels after",
            color=look_of(name).color,
        )
        for name in before
    )


def _error_bars(shared, own):
    rows = [
        (f"{name} {how}", errors[name], look_of(how).color)
        for name in own
        for how, errors in (("global", shared), ("channel-wise", own))
    ]
    return bars_svg(rows, "Mean squared error")


def _channel_errors(image, result):
    """Return the squared error of each channel and, where there are three, of all."""
    if image.ndim == 2:
        return {"all": squared_error(image, result)}
    errors = squared_error(image, result, per_channel=True)
    return dict(zip((*_CHANNELS, "all"), (*errors, errors.mean()), strict=True))


def _level_readouts(counts, globally):
    shared = np.flatnonzero(intensity_counts(globally))
    levels = {name: np.flatnonzero(each) for name, each in counts.items()}
    total = " + ".join(str(len(each)) for each in levels.values())
    return (
        ("Levels", f"{total}, global {len(shared)}"),
        *((f"Levels of {name}", _listed(each)) for name, each in levels.items()),
        ("Global levels", _listed(shared)),
    )


def _listed(levels):
    if len(levels) > _LISTED:
        return f"{levels[0]} to {levels[-1]}"
    return ", ".join(map(str, levels))


def _size_readouts(result, counts, globally):
    own = [np.count_nonzero(each) for each in counts.values()]
    shared = np.count_nonzero(intensity_counts(globally))
    bits = sum(index_bits(levels) for levels in own)
    return (
        ("Colors in use", f"{count_colors_used(result):,}"),
        ("Bits per pixel", f"{bits}, global {len(own) * index_bits(shared)}"),
        ("Codebooks", f"{sum(own)} bytes, global {shared}"),
    )


def _gain_readouts(shared, own):
    if not shared["all"]:
        return (("Error against global", "global has none"),)
    gain = 100 * (1 - own["all"] / shared["all"])
    less_or_more = "less" if gain >= 0 else "more"
    decibels = f" ({10 * math.log10(shared['all'] / own['all']):+.1f} dB)" if own["all"] else ""
    return (("Error against global", f"{abs(gain):.1f} % {less_or_more}{decibels}"),)
