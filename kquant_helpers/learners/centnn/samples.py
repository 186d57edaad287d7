"""What a Centroid Neural Network is given: checked, and turned into arrays that it can run on."""

import numpy as np
from scipy.sparse import issparse
from sklearn.utils.validation import check_array, validate_data

from kquant_helpers import door


def checked(estimator, samples, reset):
    """Return the samples as float64, or float32 where they are that."""
    _refuse(samples)
    return validate_data(estimator, samples, reset=reset, dtype=[np.float64, np.float32], order="C")


def checked_array(samples):
    """Return samples for no estimator as float64."""
    _refuse(samples)
    return check_array(samples, dtype=np.float64, order="C")


def check_settings(n_clusters, epsilon):
    """Raise TypeError or ValueError unless a network can grow by these."""
    door.whole(n_clusters, "n_clusters", "the number of neurons", "n_clusters=8")
    what = "what places a twin"
    door.positive(epsilon, "epsilon", what, "epsilon=0.05", most=door.LARGEST)


def whole_weights(weights, n_samples):
    """Return how often each sample comes, as integers; None stays None."""
    if weights is None:
        return None
    needed = (
        "samples come one by one, so that a weight is how often one comes: give one whole "
        "number from 0 up for each sample, and some weight above zero"
    )
    array = door.floats(weights, "sample_weight", needed)
    whole = array.shape == (n_samples,) and np.isfinite(array).all()
    if not whole or (array != np.floor(array)).any() or array.min() < 0 or not array.any():
        raise ValueError(f"sample_weight is {door.quoted(weights)}, but {needed}.")
    if array.sum() > door.MAX_PIXELS:
        raise ValueError(
            f"sample_weight adds up to {array.sum():g}, but samples come {door.MAX_PIXELS:,} times "
            "at most: divide the weights by what they have in common."
        )
    return array.astype(np.intp)


def exact_shift(samples):
    """Return what to subtract from each feature, so that sums of far-off values stay precise.

    Only where values are far from 0 compared to their range: subtracting is exact there.
    Whole numbers that add up exactly stay as they are.
    """
    low, high = samples.min(axis=0).astype(np.float64), samples.max(axis=0).astype(np.float64)
    biggest = np.maximum(np.abs(low), np.abs(high))
    far_off = biggest > 1000 * (high - low)
    return np.where(far_off, low, 0.0)


def count_distinct(samples, enough):
    """Return the number of distinct samples, or some number from `enough` up."""
    rows = 2 * enough
    while rows < len(samples):
        n_distinct = len(np.unique(samples[:rows], axis=0))
        if n_distinct >= enough:
            return n_distinct
        rows *= 4
    return len(np.unique(samples, axis=0))


def check_enough(samples, n_clusters):
    """Raise ValueError unless there is a sample for each neuron."""
    if n_clusters > len(samples):
        raise ValueError(
            f"n_clusters is {door.quoted(n_clusters)}, but n_samples={len(samples)} can have at "
            f"most one neuron each: try n_clusters={len(samples)} or more samples."
        )


def _refuse(samples):
    """Say in one sentence what scikit-learn would say in several."""
    if issparse(samples):
        raise TypeError("X is sparse, but samples are a dense array: use X.toarray().")
    array = _as_array(samples)
    if array.dtype.kind == "c":
        raise ValueError("Complex data not supported, but samples are real numbers: use X.real.")
    if array.dtype.kind not in "buifO":
        what = "text" if array.dtype.kind in "US" else f"entries of {str(array.dtype)[:40]}"
        raise ValueError(f"X holds {what}, but samples are numbers: convert them to floats first.")
    if array.ndim != 2:
        raise ValueError(
            f"X is {array.ndim}D, but samples are rows of a 2D array (n_samples, n_features): "
            "Reshape your data, with X.reshape(-1, 1) for samples of one feature."
        )
    if array.dtype.kind == "f" and array.size:
        _refuse_odd_floats(array)


def _as_array(samples):
    try:
        return np.asarray(door.unmasked_if_array(samples, "X"))
    except ValueError:
        raise ValueError(
            "X has rows of different lengths, but samples are rows of the same length: give an "
            "array of shape (n_samples, n_features)."
        ) from None


def _refuse_odd_floats(array):
    largest = max(abs(float(array.min())), abs(float(array.max())))
    if largest <= door.LARGEST:
        return
    what = "NaN" if np.isnan(largest) else "infinity" if np.isinf(largest) else f"{largest:g}"
    raise ValueError(
        f"X contains {what}, but samples are finite numbers up to {door.LARGEST:g}: leave out or "
        "replace such entries."
    )
