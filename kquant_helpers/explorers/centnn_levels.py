"""The second explorer of lesson 05: gray levels grown by CentNN, against k-means and the best."""

from functools import lru_cache

import numpy as np

from kquant_helpers.codebooks import decode, encode
from kquant_helpers.counts import intensity_counts
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import peak_snr
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.plots import curve_svg, histogram_svg
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_small_gray
from kquant_helpers.learners import learn
from kquant_helpers.learners.centnn import CentroidNeuralNetwork
from kquant_helpers.looks import look_of
from kquant_helpers.sizes import index_bits

_KS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 40, 48)
_LEFT = ("original", "k-means, random start", "exact")
_STARTS = 8


def explore_centnn_levels(photo=None):
    """Explore the gray levels that CentNN grows, against k-means and the best ones.

    Lesson 05 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is reduced to 128 × 128 pixels
        and made gray. The default is a menu of samples.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_centnn_levels("camera").render({"k": 2}).readouts[0]
    ('Levels', '2')
    """
    subject = choose_small_gray(photo)
    controls = (
        *subject.controls,
        Choice("left", "On the left", _LEFT, _LEFT[0]),
        Slider("k", "Levels k", _KS, 8),
        Slider("seed", "Random start", tuple(range(_STARTS)), 0),
    )

    def draw(state):
        return _view(subject.before(state), subject.image(state), state)

    return Explorer("CentNN on gray levels", controls, draw)


def _view(original, image, state):
    k, seed = state["k"], state["seed"]
    levels = _Levels(image.tobytes(), image.shape)
    results = {
        "CentNN": levels.image(levels.grown(k)),
        _LEFT[1]: levels.image(levels.from_random_start(k, seed)),
        _LEFT[2]: levels.image(levels.exact(k)),
    }
    words = f"{k} {'level' if k == 1 else 'levels'}"
    left = results.get(state["left"])
    before = original
    if left is not None:
        caption = f"{state['left']}, {words}"
        before = picture(left, caption, f"The photo in {caption}", of=original.photo)
    counts, grown = intensity_counts(image), levels.grown(k)[:, 0]
    alt = f"The photo in {words} of CentNN"
    after = picture(results["CentNN"], f"CentNN, {words}", alt, of=original.photo)
    return View(
        before=before,
        after=after,
        plots=(
            histogram_svg(counts, f"Histogram, and {words} of CentNN", marks=grown),
            histogram_svg(
                counts,
                f"k-means from random start {seed}",
                marks=levels.from_random_start(k, seed)[:, 0],
            ),
            _curves(levels, seed, k),
        ),
        readouts=(
            ("Levels", str(len(grown))),
            ("Bits per pixel", f"{index_bits(len(grown))} of 8, + codebook"),
            *((f"PSNR, {name}", _decibels(image, result)) for name, result in results.items()),
            *error_readouts(image, results["CentNN"])[:2],
        ),
    )


def _decibels(image, result):
    psnr = peak_snr(image, result)
    return f"{psnr:.2f} dB" if np.isfinite(psnr) else "infinite: no error"


def _curves(levels, seed, k):
    """Draw how far each method is from the best; in PSNR itself nobody would see it."""
    best = [levels.psnr(levels.exact(each)) for each in _KS]
    grown = [levels.psnr(levels.grown(each)) for each in _KS]
    random = [levels.psnr(levels.from_random_start(each, seed)) for each in _KS]
    series = [
        ("exact", [0.0] * len(_KS), look_of("exact")),
        ("CentNN", _gains(grown, best), look_of("CentNN")),
        ("k-means", _gains(random, best), look_of("k-means")),
    ]
    return curve_svg(_KS, series, "PSNR less the best, dB", x_label="levels k", mark=k)


def _gains(psnrs, best):
    """Return what is gained on the best, at most 0; nan where only the best has no error."""
    psnrs, best = np.array(psnrs), np.array(best)
    known = np.isfinite(best) & np.isfinite(psnrs)
    gains = np.where(psnrs == best, 0.0, np.nan)
    return np.subtract(psnrs, best, out=gains, where=known)


class _Levels:
    """The levels of a photo by each method; each is learned once."""

    def __init__(self, data, shape):
        self.data, self.shape = data, shape

    def grown(self, k):
        books = _growth(self.data, self.shape)
        return books[min(k, len(books))]

    def from_random_start(self, k, seed):
        return _k_means(self.data, self.shape, k, seed)

    def exact(self, k):
        return _exact(self.data, self.shape, k)

    def image(self, levels):
        pixels = _pixels(self.data, self.shape)
        return decode(encode(pixels, levels), levels).reshape(self.shape)

    def psnr(self, levels):
        return peak_snr(_pixels(self.data, self.shape).reshape(self.shape), self.image(levels))


def _pixels(data, shape):
    return cut_image(np.frombuffer(data, np.uint8).reshape(shape))[0]


@lru_cache(maxsize=16)
def _growth(data, shape):
    """Return the codebook of every k that one fit passes."""
    pixels = _pixels(data, shape)
    wanted = min(max(_KS), len(np.unique(pixels)))
    return CentroidNeuralNetwork(wanted).fit(pixels).codebooks_


@lru_cache(maxsize=1024)
def _k_means(data, shape, k, seed):
    from sklearn.cluster import KMeans

    model = KMeans(init="random", n_init=1, random_state=seed)
    return learn(_pixels(data, shape), k, model)


@lru_cache(maxsize=256)
def _exact(data, shape, k):
    return learn(_pixels(data, shape), k)
