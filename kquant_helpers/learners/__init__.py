"""The ways to get a codebook: a room for each, the table of all, and `learn`.

A learner is a function ``learner(vectors, k, random_state)`` that returns a codebook of at
most k codewords. `LEARNERS` holds them by name; a new one is one more row there.

========================  ==============================================================
`levels`                  single numbers: equal bins, the exact optimum
`k_means`                 scikit-learn's k-means in several ways; vectors drawn at random
`palettes`                colors: k-means on a color histogram
`pillow`                  colors: median cut and octree
`centnn`                  the Centroid Neural Network
`steps`                   nothing is learned: multiples of a step, the table of JPEG
`splitting`               an estimator that grows by splits
========================  ==============================================================
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import weighted_vectors
from kquant_helpers.learners import k_means, levels, palettes, pillow
from kquant_helpers.learners.steps import Steps, stepped_codebook


def learn(vectors, k, learner=None, *, random_state=0):
    """Learn a codebook of at most k codewords.

    Parameters
    ----------
    vectors : ndarray of uint8, shape (n, d)
        What `kquant_helpers.cuts.cut_image` makes of an image.
    k : int
        Number of codewords wanted. Where there are fewer distinct vectors, the codebook
        holds just those; equal bins alone ignore the vectors.
    learner : str or scikit-learn clusterer, optional
        A name in `LEARNERS`, or an estimator with ``n_clusters`` and ``cluster_centers_``,
        which is cloned. The default is the best that we know for d: exact for
        intensities, k-means on a color histogram for colors, k-means otherwise.
    random_state : int or None
        Seed of the learners that draw at random; the same seed gives the same codebook,
        None another one each time. An estimator with a seed of its own keeps that.

    Returns
    -------
    ndarray of float64, shape (k', d) with k' ≤ k
        The codebook. Codebooks of intensities ascend.

    Raises
    ------
    TypeError, ValueError
        Where k is not a whole number from 1 up, the vectors are not uint8 of shape
        (n, d), the learner is unknown or does not fit vectors of d entries, or the seed
        is none.

    Examples
    --------
    >>> vectors = np.array([[0], [1], [1], [9]], dtype=np.uint8)
    >>> learn(vectors, 2).ravel()
    array([0.66666667, 9.        ])
    """
    vectors, random_state = door.vectors(vectors), door.seed(random_state)
    return _learned(vectors, door.k(k), learner, random_state)


def learn_all(vectors, k, learner, random_state, cut, shape):
    """Learn the codebooks of an image that was cut.

    Returns
    -------
    codebooks : tuple of ndarray
    steps : tuple of float or None
        The step of each codebook, where a learner that learns nothing made them.
    """
    random_state = door.seed(random_state)
    if isinstance(learner, Steps):
        if k is not None:
            raise ValueError(
                f"k is {door.quoted(k)}, but there are as many {learner} as the image needs: leave "
                "k out."
            )
        steps = learner.steps(cut, shape)
        books = [stepped_codebook(*each) for each in zip(vectors, steps, strict=True)]
        return tuple(books), steps
    k = door.k(k)
    return tuple(_learned(each, k, learner, random_state) for each in vectors), None


def _learned(vectors, k, learner, random_state):
    if learner is None or isinstance(learner, str):
        return find_learner(learner, vectors.shape[1]).function(vectors, k, random_state)
    return k_means.from_estimator(vectors, k, learner, random_state)


def centroid_neural_network(vectors, k, random_state=None):
    """Grow a centroid neural network to k neurons; lesson 05 builds it.

    Nothing is drawn at random: the samples come in the order of the image.

    Examples
    --------
    >>> centroid_neural_network(np.array([[0], [2], [250]], dtype=np.uint8), 2).ravel()
    array([  1., 250.])
    """
    from kquant_helpers.learners.centnn import CentroidNeuralNetwork

    distinct, _ = weighted_vectors(vectors)
    if len(distinct) <= k:
        return distinct
    model = CentroidNeuralNetwork(n_clusters=k).fit(vectors.astype(np.float64))
    return k_means.sorted_if_scalar(model.cluster_centers_)


@dataclass(frozen=True)
class Learner:
    """A way to learn a codebook.

    Attributes
    ----------
    name : str
        What `learn` and ``quantize`` call it.
    function : callable
        ``function(vectors, k, random_state)`` → codebook.
    dimensions : int or None
        The only vector length it works for, or None for any.
    seeded : bool
        Whether it draws at random, so that another seed gives another codebook.
    """

    name: str
    function: Callable
    dimensions: int | None = None
    seeded: bool = True


LEARNERS = {
    learner.name: learner
    for learner in (
        Learner("equal bins", levels.equal_bin_levels, dimensions=1, seeded=False),
        Learner("exact", levels.exact_levels, dimensions=1, seeded=False),
        Learner("random", k_means.random_codewords),
        Learner("k-means", k_means.k_means),
        Learner("random-start k-means", k_means.random_start_k_means),
        Learner("mini-batch k-means", k_means.mini_batch_k_means),
        Learner("centnn", centroid_neural_network, seeded=False),
        Learner("histogram k-means", palettes.histogram_k_means, dimensions=3),
        Learner("sample k-means", k_means.sample_k_means, dimensions=3),
        Learner("median cut", pillow.median_cut, dimensions=3, seeded=False),
        Learner("octree", pillow.octree, dimensions=3, seeded=False),
    )
}

_DEFAULTS = {1: "exact", 3: "histogram k-means"}


def find_learner(name, dimensions):
    """Return the learner of this name, or the best one for vectors of this length.

    Examples
    --------
    >>> find_learner(None, 1).name
    'exact'
    """
    name = _DEFAULTS.get(dimensions, "k-means") if name is None else name
    fitting = [item.name for item in LEARNERS.values() if item.dimensions in (None, dimensions)]
    if name not in fitting:
        names = ", ".join(f'"{item}"' for item in fitting)
        problem = "does not work" if name in LEARNERS else "is unknown"
        raise ValueError(
            f"The learner {door.quoted(name)} {problem} for vectors of {dimensions} "
            f"{'entry' if dimensions == 1 else 'entries'}: use one of {names}."
        )
    return LEARNERS[name]


def learner_name(learner):
    """Return what a learner is called: its name, or the name of an estimator's class.

    Examples
    --------
    >>> learner_name("exact")
    'exact'
    """
    if isinstance(learner, (str, Steps)):
        return str(learner)
    return type(learner).__name__
