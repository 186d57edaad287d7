"""The explorer of lesson 06: blocks of a gray photo, their codebook, and where each is used."""

from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.codebooks import decode, encode
from kquant_helpers.counts import weighted_vectors
from kquant_helpers.cuts import cut_image, join_vectors
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_small_gray
from kquant_helpers.figures import MARK, codebook_mosaic
from kquant_helpers.learners import learn
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
    """Explore block quantization: a gray photo, its codebook as a mosaic, one codeword's blocks.

    Lesson 06 introduces it.

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
        Slider("codeword", "Codeword", tuple(range(1, _KS[-1] + 1)), 1),
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
    rank = min(state["codeword"], len(codebook))
    chosen = order[rank - 1]
    name = f"Codeword {rank} of {len(codebook)}"
    return View(
        before=original,
        after=picture(
            result,
            f"{len(codebook)} codewords of {size}×{size} pixels",
            f"The photo, each block of {size}×{size} pixels replaced by the nearest codeword",
        ),
        extras=(
            picture(
                codebook_mosaic(codebook[order], mark=rank - 1),
                f"The codebook, most used first; {name.lower()} is framed",
                f"A mosaic of the {len(codebook)} codewords, {name.lower()} framed in orange",
            ),
            picture(
                _spotlight(image, indices == chosen, size),
                f"Where {name.lower()} is used",
                f"The photo darkened, but for the {uses[chosen]:,} blocks of {name.lower()}",
            ),
        ),
        readouts=(
            ("Blocks", f"{len(blocks):,} of {size}×{size} pixels, {_entries(size)} each"),
            *_bit_readouts(len(blocks), codebook, image.size),
            *error_readouts(image, result),
            (name, f"used {uses[chosen]:,}×, {uses[chosen] / len(blocks):.1%} of the blocks"),
            ("Codewords used once or never", f"{np.count_nonzero(uses <= 1):,}"),
        ),
    )


def _entries(size):
    return "1 entry" if size == 1 else f"{size * size} entries"


def _bit_readouts(blocks, codebook, pixels):
    indices, book = blocks * index_bits(len(codebook)) / pixels, 8 * codebook.size / pixels
    return (
        ("Bits per pixel, indices", f"{indices:.3f}"),
        ("Bits per pixel, codebook", f"{book:.3f}"),
        ("Bits per pixel, in all", f"{indices + book:.3f}, the photo has 8"),
    )


def _spotlight(image, lit, size):
    """Return the photo darkened, with a tint on the blocks that are lit."""
    rows, columns = (side // size for side in image.shape)
    mask = lit.reshape(rows, columns).repeat(size, axis=0).repeat(size, axis=1)
    gray = image[..., np.newaxis].astype(float)
    tinted = np.where(mask[..., np.newaxis], 0.5 * gray + 0.5 * np.array(MARK), 0.35 * gray)
    return tinted.astype(np.uint8)
