"""The explorer of lesson 06: blocks of a gray photo, their codebook, and where each is used."""

from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.codebooks import decode, encode
from kquant_helpers.counts import weighted_vectors
from kquant_helpers.cuts import Block, cut_image, join_vectors
from kquant_helpers.explorers.frame import Choice, Explorer, Pick, Slider, View, picture
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_small_gray
from kquant_helpers.learners import learn
from kquant_helpers.mosaic import codebook_mosaic
from kquant_helpers.sizes import index_bits

_LEARNERS = ("k-means", "random-start k-means", "centnn", "random")
_SIZES = (1, 2, 4, 8, 16)
_KS = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)

# A network is grown at least so far: a slider will soon ask for more than is shown first.
_FIRST_GROWTH = 64

# The codebooks of a growth path take about 1 MB at most.
_REMEMBERED = 32
_GROWTHS = {}


def explore_blocks(photo=None, function=None):
    """Explore block quantization: a gray photo, and its codebook as a mosaic.

    A click on a codeword lights up the blocks that it replaces, one on a block its codeword; the
    arrow keys walk through the mosaic, where the most used codewords stand first. Lesson 06
    introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is reduced to 128 × 128 pixels
        and made gray. The default is a menu of samples.
    function : callable, optional
        A student's ``learn_codebook(blocks, k)``. The default is a menu of the package's
        own learners.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_blocks("camera").render({"k": 8}).readouts[0]
    ('Blocks', '1,024 of 4×4 pixels, 16 entries each')
    """
    subject = choose_small_gray(photo)
    learners = () if function else (Choice("learner", "Learner", _LEARNERS, _LEARNERS[0]),)
    controls = (
        *subject.controls,
        *learners,
        Slider("size", "Block size", _SIZES, 4, text=lambda size: f"{size}×{size}"),
        Slider("k", "Codewords k", _KS, 64),
        Pick(label="Codeword"),
    )

    @lru_cache(maxsize=64)
    def learned(photo_name, size, k):
        image = subject.image({"photo": photo_name})
        return _student_codebook(function, cut_image(image, "block", block_size=size)[0], k)

    def draw(state):
        image, size, k = subject.image(state), state["size"], state["k"]
        if function is not None:
            codebook = learned(state.get("photo"), size, k)
        else:
            codebook = _codebook(image.tobytes(), image.shape, size, k, state["learner"])
        return _view(subject.before(state), image, codebook, state)

    def prepare(state, progress):
        if state["learner"] == "centnn":
            image = subject.image(state)
            _grown(image.tobytes(), image.shape, state["size"], state["k"], progress)

    title = "Blocks and their codebook" + (": your learn_codebook" if function else "")
    live = function is None
    return Explorer(title, controls, draw, live=live, prepare=prepare if live else None)


@lru_cache(maxsize=256)
def _codebook(data, shape, size, k, learner):
    if learner == "centnn":
        return _grown(data, shape, size, k)
    return learn(_blocks(data, shape, size), k, learner)


def _grown(data, shape, size, k, progress=None):
    """Return the codebook of k codewords, or as many as there are different blocks, by CentNN.

    It is taken from a fit that goes farther, and those known are not redone.
    """
    n_distinct = _count_distinct(data, shape, size)
    wanted = min(max(_FIRST_GROWTH, _power_above(k)), n_distinct)
    key = (data, shape, size, wanted)
    if key not in _GROWTHS:
        codebooks = _growth(_blocks(data, shape, size), wanted, progress)
        if len(_GROWTHS) >= _REMEMBERED:
            _GROWTHS.pop(next(iter(_GROWTHS)))
        _GROWTHS[key] = codebooks
    return _GROWTHS[key][min(k, n_distinct)]


@lru_cache(maxsize=_REMEMBERED)
def _count_distinct(data, shape, size):
    return len(weighted_vectors(_blocks(data, shape, size))[0])


def _growth(blocks, wanted, progress):
    """Return the codebook of every k that one fit passes on its way to so many codewords."""
    from kquant_helpers.learners.centnn import CentroidNeuralNetwork

    def report(state):
        progress(state.n_neurons, state.n_clusters)

    network = CentroidNeuralNetwork(wanted, callback=report if progress else None)
    return network.fit(blocks.astype(np.float64)).codebooks_


def _blocks(data, shape, size):
    image = np.frombuffer(data, np.uint8).reshape(shape)
    return cut_image(image, "block", block_size=size)[0]


def _power_above(k):
    """Return the smallest power of two that is at least k."""
    return 1 << (k - 1).bit_length()


def _student_codebook(function, blocks, k):
    k = min(k, len(blocks))
    answer = ask("learn_codebook", function, blocks, k, shown=f"learn_codebook(blocks, {k})")
    return np.asarray(answer.is_array((k, blocks.shape[1]), meaning="(k, entries)").value, float)


def _view(original, image, codebook, state):
    size = state["size"]
    blocks = cut_image(image, "block", block_size=size)[0]
    indices = encode(blocks, codebook)
    result = join_vectors([decode(indices, codebook)], image.shape, "block", block_size=size)
    uses = np.bincount(indices, minlength=len(codebook))
    order = np.argsort(-uses, kind="stable")
    ranks = np.argsort(order)[indices].reshape(Block(size).grid(image.shape))
    picked = _rank(state["pick"], ranks, size, len(codebook))
    words = f"{len(codebook)} codewords of {size}×{size} pixels"
    alt = f"The photo, each block of {size}×{size} pixels replaced by the nearest codeword"
    return View(
        before=original,
        after=picture(result, words, alt, picks=ranks, block=size),
        extras=(_mosaic(codebook[order], size),),
        lit=picked,
        readouts=(
            ("Blocks", f"{len(blocks):,} of {size}×{size} pixels, {_entries(size)} each"),
            *_bit_readouts(len(blocks), codebook, image.size),
            *error_readouts(image, result),
            ("Codewords used once or never", f"{np.count_nonzero(uses <= 1):,}"),
            *_picked_readouts(picked, uses[order], len(blocks)),
        ),
    )


def _rank(picked, ranks, size, k):
    """Return the rank of the codeword that is picked, by its block where one was clicked."""
    if picked is None:
        return None
    if picked.row is not None:
        return int(ranks[picked.row // size, picked.column // size])
    return picked.index if picked.index < k else None


def _mosaic(codebook, size):
    """Return the picture of a codebook, in which each codeword can be picked."""
    image = codebook_mosaic(codebook)
    rows, columns = (np.arange(side) for side in image.shape[:2])
    wide = image.shape[1] // (size + 1)
    picks = rows[:, np.newaxis] // (size + 1) * wide + columns // (size + 1)
    lines = (rows % (size + 1) == 0)[:, np.newaxis] | (columns % (size + 1) == 0)
    picks[lines | (picks >= len(codebook))] = -1
    caption = "The codebook, most used first: click one"
    alt = f"A mosaic of the {len(codebook)} codewords, the most used first"
    return picture(image, caption, alt, picks=picks)


def _picked_readouts(rank, uses, blocks):
    """Say which codeword is picked, by its place in the mosaic from 1, and how often it is used."""
    if rank is None:
        return ("Codeword picked", "none: click one"), ("It is used", "–")
    share = f"{uses[rank]:,}×, {uses[rank] / blocks:.1%} of the blocks"
    return ("Codeword picked", f"{rank + 1} of {len(uses)}"), ("It is used", share)


def _entries(size):
    return "1 entry" if size == 1 else f"{size * size} entries"


def _bit_readouts(blocks, codebook, pixels):
    indices, book = blocks * index_bits(len(codebook)) / pixels, 8 * codebook.size / pixels
    return (
        ("Bits per pixel, indices", f"{indices:.3f}"),
        ("Bits per pixel, codebook", f"{book:.3f}"),
        ("Bits per pixel, in all", f"{indices + book:.3f}, the photo has 8"),
    )
