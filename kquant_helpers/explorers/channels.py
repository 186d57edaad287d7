"""The explorer of lesson 03: k levels for each channel, against k levels for all of them."""

import math

import numpy as np

from kquant_helpers.codebooks import encode, rounded_codebook
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import squared_error
from kquant_helpers.explorers.frame import (
    Choice,
    Explorer,
    View,
    levels_slider,
    picture,
    tables_picture,
)
from kquant_helpers.explorers.pictures import picture_counts
from kquant_helpers.explorers.plots import bars_svg, histogram_pair_svg
from kquant_helpers.explorers.readouts import colors_readout, file_readouts, step_readouts
from kquant_helpers.explorers.subject import choose_subject, student_image
from kquant_helpers.learners import learn
from kquant_helpers.looks import look_of
from kquant_helpers.sizes import index_bits

_EVERY = np.arange(256, dtype=np.uint8)[:, np.newaxis]
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
        return _view(subject.before(state), state, function)

    title = "Channel-wise quantization" + (": your quantize_channels" if function else "")
    k, left = (4, _ORIGINAL) if photo is None and function is None else (2, _GLOBAL)
    controls = (
        *subject.controls,
        Choice("left", "On the left", (_ORIGINAL, _GLOBAL), left),
        levels_slider(k, "Levels per channel"),
    )
    return Explorer(title, controls, draw, live=function is None)


def _quantized(photo, k, cut, words, alt, function=None):
    """Return the picture in k levels of a cut; of the package's own, only tables are computed."""
    if function is not None:
        result = student_image("quantize_channels", function, photo.pixels, k)
        return picture(result, words, alt, of=photo)
    books = [learn(vectors, k) for vectors in cut_image(photo.pixels, cut)]
    tables = [rounded_codebook(book)[:, 0][encode(_EVERY, book)] for book in books]
    return tables_picture(photo, np.stack(tables), words, alt)


def _view(original, state, function):
    k, photo = state["k"], original.photo
    words = f"{k} {'level' if k == 1 else 'levels'}"
    caption, shared = f"{words} per channel", f"{words} for all channels"
    after = _quantized(photo, k, "channel", caption, f"The photo in {caption}", function)
    globally = _quantized(photo, k, "global", shared, f"The photo in {words}, global")
    counts = [_channel_counts(each) for each in (original, after)]
    errors = [_channel_errors(photo, each) for each in (globally, after)]
    levels = np.flatnonzero(sum(_channel_counts(globally).values()))
    return View(
        before=original if state["left"] == _ORIGINAL else globally,
        after=after,
        plots=(*_histograms(*counts), _error_bars(*errors)),
        readouts=(
            *_level_readouts(counts[1], levels),
            colors_readout(after),
            *_size_readouts(counts[1], levels),
            *step_readouts(original, after),
            *_gain_readouts(*errors),
            *file_readouts(original, after),
        ),
    )


def _channel_counts(picture):
    """Return the histogram of each channel, by its name; a gray image has one."""
    names = _CHANNELS if picture.image.ndim == 3 else ("gray",)
    return dict(zip(names, picture_counts(picture), strict=True))


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


def _channel_errors(photo, result):
    """Return the squared error of each channel and, where there are three, of all."""
    if photo.pixels.ndim == 2:
        return {"all": squared_error(photo.pixels, result.image)}
    if result.photo is None:
        errors = squared_error(photo.pixels, result.image, per_channel=True)
    else:
        apart = np.square(result.tables.astype(np.int64) - np.arange(256))
        errors = (photo.counts * apart).sum(axis=1) / photo.counts[0].sum()
    return dict(zip((*_CHANNELS, "all"), (*errors, np.mean(errors)), strict=True))


def _level_readouts(counts, shared):
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


def _size_readouts(counts, shared):
    own = [np.count_nonzero(each) for each in counts.values()]
    bits = sum(index_bits(levels) for levels in own)
    return (
        ("Bits per pixel", f"{bits}, global {len(own) * index_bits(len(shared))}"),
        ("Codebooks", f"{sum(own)} bytes, global {len(shared)}"),
    )


def _gain_readouts(shared, own):
    if not shared["all"]:
        return (("Error against global", "global has none"),)
    gain = 100 * (1 - own["all"] / shared["all"])
    less_or_more = "less" if gain >= 0 else "more"
    decibels = f" ({10 * math.log10(shared['all'] / own['all']):+.1f} dB)" if own["all"] else ""
    return (("Error against global", f"{abs(gain):.1f} % {less_or_more}{decibels}"),)
