"""What the visible tests of lesson 05 say, and how its hidden ones judge."""

import re

import numpy as np

from kquant_helpers.checks.ladder import Answer, NotYet, ask, correct, describe, near

_SQUARES = "add the squares of the differences with NumPy"
_A_NETWORK = "grow it with the functions that you wrote above, or in one piece of your own"

# Whatever of the package does the same, under its name in the facade or in its own room.
REFUSED = {
    "winner": dict.fromkeys(("encode", "nearest", "CentroidNeuralNetwork"), _SQUARES),
    "run_epoch": dict.fromkeys(
        ("CentroidNeuralNetwork", "growth_events", "epoch_by_loop", "network_by_loop"),
        "write the loop over the samples yourself",
    ),
    "centnn": dict.fromkeys(
        (
            "CentroidNeuralNetwork",
            "centroid_neural_network",
            "growth_events",
            "network_by_loop",
            "learn",
            "quantize",
        ),
        _A_NETWORK,
    ),
}

HINTS = {
    "winner": (
        "weights - x has a row of d differences for each neuron.",
        "((weights - x) ** 2).sum(axis=1) holds the k squared distances; argmin gives the index "
        "of the smallest one, the lowest index on a tie.",
    ),
    "gain_sample": (
        "Nothing is stored anywhere: the formula above is the whole function.",
        "weight + (x - weight) / (count + 1) is a new array; the brackets matter.",
    ),
    "lose_sample": (
        "The same as gain_sample with two signs changed.",
        "weight - (x - weight) / (count - 1) is a new array; the brackets matter.",
    ),
    "neuron_to_split": (
        "weights[labels] has a row for each sample: the weight of its neuron.",
        "With squares = ((samples - weights[labels]) ** 2).sum(axis=1), np.bincount(labels, "
        "weights=squares) adds them up for each neuron.",
    ),
    "run_epoch": (
        "Work through the table with the samples 0, 3, 10 by hand, line by line of your code.",
        "In the loop: find j, the winner; old = labels[i]; continue where j == old or "
        "counts[old] == 1; then weights[j] = …, weights[old] = …, both counts, labels[i] = j.",
    ),
    "centnn": (
        "The loop of borrowed_growth is right but for what you found; the start is steps 1 and 2.",
        "First epoch: for i, x in enumerate(samples): j = winner(weights, x); weights[j] = "
        "gain_sample(weights[j], counts[j], x); counts[j] += 1; labels[i] = j.",
    ),
}


def check_winner(function):
    """Check a student's ``winner(weights, x)``."""
    for weights, x in (
        # Here each of the usual mistakes leads to a neuron of its own.
        ([[-6, 5], [-4, 3], [-1, 7], [5, -7], [-5, 0], [4, 1]], [0, 0]),
        ([[0], [10], [20]], [8]),
        ([[0], [10], [20]], [-40]),
        ([[3, 3], [-5, 0], [9, 9]], [0, 0]),
        ([[3, 3], [4, 0], [-9, 9]], [0, 0]),
        ([[1, 7], [3, 3], [9, 9]], [0, 0]),
        ([[9, 0], [1, 0], [1, 0], [-3, 5]], [0, 0]),
    ):
        judge_winner(function, weights, x)
    return correct("winner")


def more_winner(function, *seeds):
    """Check ``winner`` with neurons and samples that are drawn, some of them with ties."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for k, d in ((1, 1), (2, 16), (9, 2), (30, 1), (48, 3)):
            judge_winner(function, rng.normal(0, 50, (k, d)), rng.normal(0, 50, d))
        for k, d in ((3, 1), (12, 2), (20, 3)):
            judge_winner(function, rng.integers(-3, 4, (k, d)), rng.integers(-3, 4, d))
    return judge_winner(function, [[2, 2], [9, 9], [2, 2]], [2, 2])


def judge_winner(function, weights, x):
    """Check which neuron a student's function finds nearest; the lowest index on a tie.

    Parameters
    ----------
    function : callable
        A student's ``winner(weights, x)``.
    weights : array_like, shape (k, d)
        The neurons.
    x : array_like, shape (d,)
        The sample.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    weights, x = np.array(weights, dtype=float), np.array(x, dtype=float)
    difference = weights - x
    each = np.square(difference)
    squares = each.sum(axis=1)
    last = len(squares) - 1 - squares[::-1].argmin()
    answer = ask("winner", function, weights, x).is_number(whole=True)
    wrong = (
        (last, "on a tie the lowest index wins"),
        (abs(difference).sum(axis=1).argmin(), "square the differences before you add them"),
        (abs(difference).max(axis=1).argmin(), "add the squares of all d differences"),
        (abs(difference[:, 0]).argmin(), "add the squares of all d differences"),
        (difference.sum(axis=1).argmin(), "square the differences before you add them"),
        (squares.argmax(), "this neuron is the farthest one"),
        (each.sum(axis=0).argmin(), "one sum for each neuron is wanted, so add along axis=1"),
        (each.argmin(), "add the d squares of each neuron first, with .sum(axis=1)"),
        (squares.min(), "this is the squared distance, return the index"),
    )
    likely = [hint for hint in wrong if hint[0] != squares.argmin()]
    return answer.equals(squares.argmin(), hints=_telling(likely))


def _telling(hints):
    """Return the hints whose wrong answer comes from no other mistake."""
    values = [float(wrong) for wrong, _ in hints]
    sentences = {value: {words for wrong, words in hints if wrong == value} for value in values}
    return [hint for hint in hints if len(sentences[float(hint[0])]) == 1]


_DECIMALS = "keep the decimals: a weight is a float, also among integers"


def check_gain_sample(function):
    """Check a student's ``gain_sample(weight, count, x)``."""
    for weight, count, x in (
        ([4.0], 1, [10.0]),
        ([2.0, 4.0], 3, [6.0, 0.0]),
        ([7.5, 1.0], 0, [3.0, 2.0]),
        ([2, 5], 1, [3, 8]),
    ):
        judge_gain(function, weight, count, x)
    return correct("gain_sample")


def more_gain_sample(function, *seeds):
    """Check ``gain_sample`` with weights, counts and samples that are drawn."""
    judge_gain(function, [-3.5], 4, [-3.5])
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for d, count in ((1, 1), (2, 7), (3, 0), (16, 300)):
            judge_gain(function, rng.normal(0, 50, d), count, rng.normal(0, 50, d))
        judge_gain(function, rng.integers(0, 99, 3), 6, rng.integers(0, 99, 3))
    return True


def judge_gain(function, weight, count, x):
    """Check the mean after a sample has come.

    Parameters
    ----------
    function : callable
        A student's ``gain_sample(weight, count, x)``.
    weight, x : array_like, shape (d,)
        The mean of `count` samples, and the sample that comes.
    count : int
        From 0 up.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    weight, x = np.array(weight), np.array(x)
    expected = (count * weight + x) / (count + 1)
    answer = ask("gain_sample", function, weight, count, x).is_array(weight.shape)
    return answer.equals(
        expected,
        hints=(
            (weight + (x - weight) / max(count, 1), "there are count + 1 samples now"),
            (weight - (x - weight) / (count + 1), "the winner is pulled toward x, so add"),
            ((weight + x) / 2, "weight stands for count samples, x for one only"),
            (weight + x / (count + 1), "the step is a share of x − weight"),
            (weight, "the weight has not moved"),
            *((cut(expected), _DECIMALS) for cut in (np.floor, np.trunc, np.rint)),
        ),
    )


def check_lose_sample(function):
    """Check a student's ``lose_sample(weight, count, x)``."""
    for weight, count, x in (
        ([6.0], 2, [8.0]),
        ([3.0, 3.0], 4, [6.0, 0.0]),
        ([5, 2], 3, [4, 7]),
    ):
        judge_loss(function, weight, count, x)
    return correct("lose_sample", "It undoes gain_sample.")


def more_lose_sample(function, *seeds):
    """Check ``lose_sample`` with weights, counts and samples that are drawn."""
    judge_loss(function, [-3.5], 4, [-3.5])
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for d, count in ((1, 2), (2, 7), (16, 300)):
            judge_loss(function, rng.normal(0, 50, d), count, rng.normal(0, 50, d))
        judge_loss(function, rng.integers(0, 99, 3), 7, rng.integers(0, 99, 3))
    return True


def judge_loss(function, weight, count, x):
    """Check the mean after a sample has gone.

    Parameters
    ----------
    function : callable
        A student's ``lose_sample(weight, count, x)``.
    weight, x : array_like, shape (d,)
        The mean of `count` samples, and the one of them that goes.
    count : int
        From 2 up.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    weight, x = np.array(weight), np.array(x)
    expected = (count * weight - x) / (count - 1)
    answer = ask("lose_sample", function, weight, count, x).is_array(weight.shape)
    return answer.equals(
        expected,
        hints=(
            (weight + (x - weight) / (count - 1), "the loser is pushed away from x, so subtract"),
            (weight - (x - weight) / count, "only count − 1 samples are left"),
            (weight - (x - weight) / (count + 1), "only count − 1 samples are left"),
            (2 * weight - x, "weight stands for count samples, x for one only"),
            (weight - x / (count - 1), "the step is a share of x − weight"),
            (weight, "the weight has not moved"),
            *((cut(expected), _DECIMALS) for cut in (np.floor, np.trunc, np.rint)),
        ),
    )


def check_neuron_to_split(function):
    """Check a student's ``neuron_to_split(samples, weights, labels)``."""
    # In the first case each of the usual mistakes leads to a neuron of its own.
    groups = (
        [0, 0, 0, 0, 8],
        [29] * 5 + [31] * 5,
        [50, 61],
        [80] * 4 + [84] * 4,
        [100, 106, 106, 112],
        [130],
        [200, 203],
    )
    far = [[value] for group in groups for value in group]
    judge_split(function, far, np.repeat(np.arange(7), [len(group) for group in groups]))
    for samples, labels in (
        ([[0], [2], [10], [18]], [0, 0, 1, 1]),
        ([[0], [1], [2], [3], [4], [20], [24]], [0, 0, 0, 0, 0, 1, 1]),
        ([[0, 0], [0, 3], [0, 6], [20, 1], [24, 1], [50, 50]], [1, 1, 1, 0, 0, 2]),
        # Sample 8 belongs to neuron 0, though neuron 1 is nearer.
        ([[0], [0], [8], [10], [14], [40]], [0, 0, 0, 1, 1, 2]),
        # Neuron 1 has no samples.
        ([[0], [1], [9], [11], [30], [36]], [0, 0, 2, 2, 3, 3]),
    ):
        judge_split(function, samples, labels)
    return correct("neuron_to_split")


def more_neuron_to_split(function, *seeds):
    """Check ``neuron_to_split`` with samples that are drawn, and with further twins."""
    judge_split(function, [[1], [2], [5]], [0, 0, 0])
    judge_split(function, [[0], [10], [20], [20], [29], [29]], [0, 0, 1, 1, 1, 1])
    # The only feature that matters is the last one.
    judge_split(function, [[0, 0, 0], [4, 0, 0], [9, 0, 20], [9, 0, 31]], [0, 0, 1, 1])
    # Twins without samples, at the end and far from everybody.
    judge_split(function, [[1], [3], [20], [28]], [0, 0, 1, 1], empty=[[500]])
    judge_split(function, [[1, 5], [3, 0], [20, 0], [21, 1]], [0, 0, 1, 1], empty=[[-90, 7]])
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for k, d in ((3, 1), (6, 2), (4, 16)):
            owner = rng.permutation(np.concatenate([np.arange(k), rng.integers(0, k, 40)]))
            drawn = rng.normal(0, 1 + owner[:, np.newaxis], (len(owner), d))
            judge_split(function, drawn, owner)
    return True


def judge_split(function, samples, labels, empty=()):
    """Check which neuron a student's function finds to have the largest sum of squares.

    Parameters
    ----------
    function : callable
        A student's ``neuron_to_split(samples, weights, labels)``.
    samples : array_like, shape (n, d)
        The samples; each weight is the mean of its own, or of all where it has none.
    labels : array_like of int, shape (n,)
        The neuron of each sample.
    empty : array_like, shape (m, d)
        Weights of further neurons, which have no samples.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    samples, labels = np.array(samples, dtype=float), np.array(labels)
    used = np.unique(labels)
    owned = [labels == j if j in used else labels >= 0 for j in range(labels.max() + 1)]
    means = [samples[own].mean(axis=0) for own in owned]
    weights = np.array([*means, *np.array(empty, dtype=float).reshape(-1, samples.shape[1])])
    squares = np.square(samples - weights[labels]).sum(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    sums = np.bincount(labels, squares, len(weights))
    shown = f"neuron_to_split(samples {describe(samples)}, weights, labels {describe(labels)})"
    if samples.size > 12:
        shown = f"neuron_to_split({len(samples)} samples, {len(weights)} weights, labels)"
    answer = ask("neuron_to_split", function, samples, weights, labels, shown=shown)
    absolute, first = np.sqrt(squares), np.square(samples - weights[labels])[:, 0]
    to_all = np.square(samples[:, np.newaxis] - weights).sum(axis=2)
    nearest = np.bincount(to_all.argmin(axis=1), to_all.min(axis=1))
    least = "this neuron has the smallest error"
    nobody = "this neuron has no samples, so its error is 0 (the mean of nothing is nan)"
    wrong = (
        (counts.argmax(), "this neuron has the most samples, but not the largest error"),
        ((sums / np.maximum(counts, 1)).argmax(), "take the sum of the squares, not the mean"),
        (labels[squares.argmax()], "this neuron has the farthest sample; add the squares up"),
        (np.bincount(labels, absolute).argmax(), "square the distances before you add them"),
        (np.bincount(labels, first).argmax(), "add the squares of all d differences"),
        (to_all.sum(axis=0).argmax(), "a neuron's own samples count only: labels == j"),
        (nearest.argmax(), "whose a sample is, the labels say: do not look for the nearest neuron"),
        (sums[used].argmax(), "a neuron without samples keeps its number, with the error 0"),
        (sums.argmin(), least if counts.all() else nobody),
        (sums.max(), "this is the largest error, return the neuron's index"),
    )
    likely = [hint for hint in wrong if hint[0] != sums.argmax()]
    return answer.is_number(whole=True).equals(sums.argmax(), hints=_telling(likely))


def check_run_epoch(function):
    """Check a student's ``run_epoch(samples, weights, counts, labels)``."""
    judge_epoch(function, [[0], [3], [10]], [0, 1, 1])
    judge_epoch(function, [[0], [1], [9], [10]], [0, 0, 1, 1])
    judge_epoch(function, [[4], [6], [7], [3], [14]], [0, 0, 1, 1, 0])
    # Sample 16 stays only because the twin has moved to 27 before it comes.
    judge_epoch(function, [[27], [6], [2], [16], [8], [7]], [1, 0, 1, 1, 0, 1], twins=[[13.5]])
    judge_epoch(function, [[4], [6], [5]], [0, 0, 1])
    judge_epoch(function, [[0], [5], [10], [41]], [0, 2, 1, 2])
    corners = [[10, 6], [2, 5], [9, 10], [2, 0], [5, 3], [1, 3]]
    judge_epoch(function, corners, [0, 1, 0, 0, 0, 1], twins=[[2, 4.5]])
    # Another sample would move in a second walk.
    judge_epoch(function, [[24], [18], [26], [7], [19]], [0, 1, 1, 1, 0])
    return correct("run_epoch", "Every weight is still the mean of its samples.")


def more_run_epoch(function, *seeds):
    """Check ``run_epoch`` with samples that are drawn, several epochs in a row."""
    judge_epoch(function, [[3], [1], [8]], [0, 0, 0])
    judge_epoch(function, [[7], [7], [7]], [0, 1, 0])
    judge_epoch(function, [[6], [10], [8], [30], [50]], [0, 0, 1, 2, 2])
    seven = [[18], [7], [17], [14], [15], [23], [0]]
    judge_epoch(function, seven, [0, 1, 0, 1, 1, 0, 0], [[15.0]])
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for k, d in ((2, 1), (5, 2), (4, 3)):
            owner = rng.permutation(np.concatenate([np.arange(k), rng.integers(0, k, 25)]))
            drawn = rng.normal(0, 9, (len(owner), d))
            twin = drawn[owner == 0].mean(axis=0, keepdims=True) + 0.05
            judge_epoch(function, drawn, owner, twin, epochs=4)
    return True


def judge_epoch(function, samples, labels, twins=(), epochs=1):
    """Check what a student's epochs do to weights, counts and labels, and what they count.

    Parameters
    ----------
    function : callable
        A student's ``run_epoch(samples, weights, counts, labels)``.
    samples : array_like, shape (n, d)
        The samples; each weight is the mean of its own.
    labels : array_like of int, shape (n,)
        The neuron of each sample before the first epoch.
    twins : array_like, shape (m, d)
        Weights of further neurons, which have no samples yet.
    epochs : int
        How many epochs follow one another.

    Returns
    -------
    Answer
        That of the last epoch, or `NotYet` is raised.
    """
    samples, labels = np.array(samples), np.array(labels)
    means = [samples[labels == j].mean(axis=0) for j in range(labels.max() + 1)]
    weights = np.array([*means, *np.array(twins, dtype=float).reshape(-1, samples.shape[1])])
    state = (weights, np.bincount(labels, minlength=len(weights)), labels)
    for _ in range(epochs):
        answer, state = _judge_one_epoch(function, samples, state)
    return answer


_IN_PLACE = "weights, counts and labels are changed in place, with lines such as weights[j] = …"


def _judge_one_epoch(function, samples, before):
    moved, after = epoch_by_loop(samples, *before)
    call = _epoch_call(samples, before)
    answer = ask("run_epoch", function, samples, *before, in_place=True, shown=call)
    given = answer.arguments
    if not np.array_equal(given[0], samples):
        raise NotYet("run_epoch changes the samples: only weights, counts and labels may change.")
    _judge_state(call, given[1:], before, after, samples, answer.value)
    if answer.value is None:
        raise NotYet(f"{call} returns nothing (None): end with a return of the number of moves.")
    answer.is_number(whole=True).equals(
        moved,
        hints=(
            (len(samples), "count only the samples that changed neuron"),
            (moved > 0, "count the samples that changed neuron, one by one"),
            (
                epoch_by_loop(samples, *before, count_refused=True)[0],
                "a sample that its neuron must not lose has not changed neuron, so do not count it",
            ),
        ),
    )
    return answer, after


def _epoch_call(samples, before):
    if samples.size > 12:
        return f"run_epoch({len(samples)} samples, {len(before[0])} weights, counts, labels)"
    weights, counts, labels = map(describe, before)
    words = f"samples {describe(samples)}, weights {weights}, counts {counts}, labels {labels}"
    return f"run_epoch({words})"


def _judge_state(call, given, before, after, samples, moved):
    """Compare the three arrays with what they should be; say what is wrong with the first."""
    same = [near(one, other) for one, other in zip(given, before, strict=True)]
    right = [near(one, other) for one, other in zip(given, after, strict=True)]
    if all(right):
        return
    if all(same):
        raise NotYet(
            f"{call} has changed no array, but {_first_move(before, after, samples, moved)}."
        )
    for kept, fine, name in zip(same, right, ("weights", "counts", "labels"), strict=True):
        if kept and not fine and right.count(False) == 1:
            raise NotYet(
                f"{call} leaves the {name} as they were: a move changes weights, counts and "
                "labels, in lines such as weights[j] = …."
            )
    if same[1] and not near(np.bincount(given[2], minlength=len(given[1])), given[1]):
        raise NotYet(
            f"{call} changes labels, but the counts stay as they were: read the old label, as in "
            "old = labels[i], before you write the new one, and change both counts."
        )
    for at, name in ((2, "labels"), (0, "weights"), (1, "counts")):
        hint = _epoch_hint(name, given, before, after, samples)
        answer = Answer("run_epoch", f"{name} after {call}", given[at])
        answer.equals(after[at], hints=((given[at], hint),))


def _first_move(before, after, samples, returned):
    """Say why an epoch that has changed nothing should have."""
    weights, counts, labels = before
    count = np.count_nonzero(after[2] != labels)
    if np.ndim(returned) == 0 and returned == count:
        return f"it counts {count}: {_IN_PLACE}"
    i = next(
        i
        for i, x in enumerate(samples)
        if np.square(weights - x).sum(axis=1).argmin() != labels[i] and counts[labels[i]] > 1
    )
    nearest = int(np.square(weights - samples[i]).sum(axis=1).argmin())
    own = int(labels[i])
    return (
        f"sample {describe(samples[i])} is nearest to neuron {nearest} and belongs to neuron "
        f"{own}, which has {counts[own]} samples, so it moves (and a return inside the loop ends "
        "the walk)"
    )


def _epoch_hint(name, given, before, after, samples):
    if name == "weights":
        return _weights_hint(given, before, after)
    if name == "counts":
        return "the winner's count grows by 1 and the loser's falls by 1"
    left = np.bincount(given[2].astype(int).clip(0), minlength=len(before[1]))
    if ((before[1] > 0) & (left[: len(before[1])] == 0)).any():
        return "a neuron never loses its last sample"
    fitting = [words for wrong, words in _wrong_labels(before, samples) if near(given[2], wrong)]
    if len(fitting) == 1:
        return fitting[0]
    return "each sample goes to its nearest neuron, in order, and the weights move at once"


def _wrong_labels(before, samples):
    """Yield the labels that known mistakes lead to, and what to say."""
    weights, counts, labels = before
    at_once = np.square(samples[:, np.newaxis] - weights).sum(axis=2).argmin(axis=1)
    yield at_once, "move the weights at once, so that the next sample meets them where they are"
    last = len(weights) - 1
    highest = epoch_by_loop(samples, weights[::-1], counts[::-1], last - labels)[1]
    yield last - highest[2], "on a tie the lowest index wins"
    out_of_reach = np.where(counts[:, np.newaxis] > 0, weights, 1e9)
    without_twin = epoch_by_loop(samples, out_of_reach, counts, labels)[1]
    yield without_twin[2], "a neuron that has no samples yet takes part, too"
    backward = epoch_by_loop(samples, *before, order=range(len(samples))[::-1])[1]
    yield backward[2], "take the samples in order"
    yield _at_rest(before, samples)[2], "walk through the samples once, not until nobody moves"
    first = int((epoch_by_loop(samples, *before)[1][2] != labels).argmax())
    until_first = epoch_by_loop(samples, *before, order=range(first + 1))[1]
    yield until_first[2], "the walk ends at the first move, so a return is indented too far"


def _at_rest(state, samples):
    """Return weights, counts and labels after so many epochs that nobody moves."""
    moved = 1
    while moved:
        moved, state = epoch_by_loop(samples, *state)
    return state


def _weights_hint(given, before, after):
    """Say which of the two steps is wrong, as far as the neurons that are off tell it."""
    off = ~np.isclose(given[0], after[0]).all(axis=1)
    change = after[1] - before[1]
    if (change[off] < 0).all():
        return "the loser moves by −(x − w) / (N − 1), with its old count N"
    if (change[off] > 0).all():
        return "the winner moves by (x − w) / (N + 1), with its old count N"
    return "winner and loser move by the rules above, each with its old count N"


def epoch_by_loop(samples, weights, counts, labels, *, order=None, count_refused=False):
    """Return how many samples changed neuron, and the new weights, counts and labels.

    Parameters
    ----------
    samples : ndarray, shape (n, d)
        The samples.
    weights : ndarray of float, shape (k, d)
        The neurons.
    counts : ndarray of int, shape (k,)
        How many samples each has.
    labels : ndarray of int, shape (n,)
        The neuron of each sample.
    order : sequence of int, optional
        In which the samples come.
    count_refused : bool
        Whether a last sample that had to stay counts, too.

    Returns
    -------
    int, (ndarray, ndarray, ndarray)

    Examples
    --------
    >>> samples = np.array([[0.0], [3.0], [10.0]])
    >>> start = np.array([[0.0], [6.5]]), np.array([1, 2]), np.array([0, 1, 1])
    >>> epoch_by_loop(samples, *start)[0]
    1
    """
    weights, counts, labels = weights.copy(), counts.copy(), labels.copy()
    moved = 0
    for i in range(len(samples)) if order is None else order:
        winner, loser = np.square(weights - samples[i]).sum(axis=1).argmin(), labels[i]
        if winner == loser:
            continue
        if counts[loser] == 1:
            moved += count_refused
            continue
        weights[winner] += (samples[i] - weights[winner]) / (counts[winner] + 1)
        weights[loser] -= (samples[i] - weights[loser]) / (counts[loser] - 1)
        counts[winner] += 1
        counts[loser] -= 1
        labels[i] = winner
        moved += 1
    return moved, (weights, counts, labels)


def check_centnn(function):
    """Check a student's ``centnn(samples, n_clusters, epsilon)``."""
    line = [[1], [2], [3], [11], [12], [13]]
    judge_network(function, line, 2, "1, 2, 3, 11, 12, 13", best=4)
    judge_network(function, corner_clouds(6), 4, "four small clouds", best=None)
    # A crowd that is tight, and a few that are not.
    crowd = [*([v / 8] for v in range(9)), [20], [23], [31], [34]]
    judge_network(function, crowd, 3, "a tight crowd and two pairs", best=9.9375)
    judge_network(function, [[0], [2], [50], [54], [90]], 2, "0, 2, 50, 54, 90")
    _judge_drawn(function, 1, 105)
    _judge_drawn(function, 2, 340)
    # More than five epochs follow one split, and more than a hundred all splits.
    judge_network(function, slope(), 4, "60 samples, the nearer to 0 the denser")
    judge_network(function, uneven(), 40, "90 samples, unevenly spread", compare=False)
    return correct("centnn", "Each weight is the mean of its samples, and nobody wants to move.")


def more_centnn(function, *cases):
    """Check ``centnn`` on samples that are drawn: (d, seed, …) each, with a large epsilon, too.

    The seeds are such that growth ends elsewhere than the best of many starts of k-means, and
    that no twin attracts nobody.
    """
    judge_network(function, corner_clouds(5)[::-1], 4, "four clouds, backward")
    groups = np.add.outer([0, 100, 300, 340, 700, 760, 900, 990], [0.0, 3.0, 5.0]).reshape(-1, 1)
    judge_network(function, groups, 8, "eight groups of three")
    return all(_judge_drawn(function, d, seed) for d, *seeds in cases for seed in seeds)


def _judge_drawn(function, d, seed):
    n, k, largest = {1: (14, 4, 100), 2: (16, 4, 40), 3: (18, 5, 20)}[d]
    drawn = np.random.default_rng(seed).integers(0, largest, (n, d))
    words = f"{n} samples of {d} whole {'number' if d == 1 else 'numbers'}"
    judge_network(function, drawn, k, words)
    # With a large epsilon a twin of samples of three attracts nobody.
    return d == 3 or judge_network(function, drawn, k, words, epsilon=6.0)


def slope():
    """Return 60 samples that get denser toward 0, the largest first.

    Examples
    --------
    >>> slope()[-3:].ravel().round(2)
    array([8.49, 3.  , 0.  ])
    """
    return 3 * np.arange(60.0)[::-1, np.newaxis] ** 1.5


def uneven():
    """Return 90 samples between 0 and 1000, all different, in no order.

    Examples
    --------
    >>> len(np.unique(uneven()))
    90
    """
    return np.round(np.arange(1.0, 91.0)[:, np.newaxis] ** 1.3 * 5.77 % 1000, 3)


def corner_clouds(size):
    """Return four clouds of so many points each, far apart, in turns.

    Examples
    --------
    >>> corner_clouds(1).tolist()
    [[0.0, 1.0], [30.0, 4.0], [2.0, 40.0], [33.0, 35.0]]
    """
    centers = np.array([[0, 1], [30, 4], [2, 40], [33, 35]], dtype=float)
    steps = np.arange(size)[:, np.newaxis, np.newaxis] * [2, 3] % [5, 7] / 2
    return (centers + steps).reshape(-1, 2)


def judge_network(function, samples, k, described, *, epsilon=0.05, best=None, compare=True):
    """Check that what a student's network returns is a network of k neurons at rest.

    Parameters
    ----------
    function : callable
        A student's ``centnn(samples, n_clusters, epsilon)``.
    samples : array_like, shape (n, d)
        The samples.
    k : int
        How many neurons are asked for.
    described : str
        What the samples are, for the message.
    epsilon : float
        As for the network; 0.05 is left to the function's default.
    best : float, optional
        The sum of squared errors at which the network comes to rest. Without it, that of
        `kquant_helpers.CentroidNeuralNetwork` counts.
    compare : bool
        Whether that error counts at all; it does not where rounding could decide.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    samples = np.array(samples)
    arguments = (samples, k) if epsilon == 0.05 else (samples, k, epsilon)
    tail = ", ".join(map(str, arguments[1:]))
    answer = _ask_centnn(function, arguments, f"centnn({described}; {tail})")
    answer.is_tuple(2, "the weights and the labels")
    weights = _judge_weights(answer, k, samples.shape[1])
    labels = _judge_labels(answer, len(samples), k)
    _judge_means(answer, samples, weights, labels, epsilon)
    _judge_rest(answer, samples, weights, labels)
    return not compare or _judge_error(answer, samples, weights, labels, best, epsilon)


def _ask_centnn(function, arguments, call):
    try:
        return ask("centnn", function, *arguments, shown=call)
    except NotYet as reply:
        told = re.match(
            r".* stops with (AxisError|[^:]*: operands could not be broadcast).*", str(reply)
        )
        if told is None:
            raise
        error = re.split(": (?:axes count|these shapes)", told[0])[0].rstrip(".")
        raise NotYet(
            f"{error}: see whether weights still has the shape (k, d) after a split, since "
            "np.vstack adds a row, and np.append lays everything out in one row."
        ) from None


def _judge_weights(answer, k, d):
    weights = answer.part(0, "first result")
    fewer = "the network stopped before it had as many neurons as asked for"
    more = "the network has one neuron too many"
    hints = [((count, d), fewer) for count in range(1, k)] + [((k + 1, d), more)]
    weights.is_array((k, d), meaning="(n_clusters, d)", hints=hints)
    return np.asarray(weights.value, dtype=float)


def _judge_labels(answer, n, k):
    labels = answer.part(1, "second result").is_array((n,), whole=True, meaning="(n,)")
    numbers = np.asarray(labels.value).astype(int)
    labels.is_true(
        numbers.min() >= 0 and numbers.max() < k,
        f"holds numbers from {numbers.min()} to {numbers.max()}, but "
        f"neurons are numbered from 0 to {k - 1}.",
    )
    return numbers


def _judge_means(answer, samples, weights, labels, epsilon):
    for j, weight in enumerate(weights):
        own = samples[labels == j]
        answer.is_true(len(own), f"gives neuron {j} no sample, but every neuron has its own.")
        mean = own.mean(axis=0)
        if near(weight, mean, atol=1e-5):
            continue
        raise NotYet(
            f"{answer.call} puts neuron {j} at {describe(weight)}, but the mean of its samples is "
            f"{describe(mean)}: {_why_off(samples, weights, epsilon)}."
        )


# What may be wrong with a network whose weights are no means, and what to say.
_FLAWS = (
    ({"parent_stays": False}, "the parent stays where it is when it gets a twin"),
    ({"twin_count": 1}, "a twin begins with the count 0, since it has no samples"),
    ({"pushes": False}, "a sample that leaves pushes the loser, too"),
    ({"first_count": 1}, "the first two neurons begin with the count 0"),
)


def _why_off(samples, weights, epsilon):
    """Name the flaw that leads to just these weights, or say what keeps weights means."""
    right = network_by_loop(samples, len(weights), epsilon)
    if near(weights, right):
        return "these are the right weights, but the labels are not theirs"
    for flaw, words in _FLAWS:
        flawed = network_by_loop(samples, len(weights), epsilon, **flaw)
        if flawed is not None and near(weights, flawed):
            return words
    return "the winner and the loser move at each change, and nothing else moves"


def network_by_loop(
    samples, k, epsilon=0.05, *, parent_stays=True, twin_count=0, pushes=True, first_count=0
):
    """Return the weights of a network that grows by the rules, or with a flaw.

    Parameters
    ----------
    samples : ndarray, shape (n, d)
        The samples.
    k : int
        Number of neurons, 2 or more.
    epsilon : float
        How far a twin stands from its parent.
    parent_stays, pushes : bool
        Whether a parent keeps its place at a split, and a loser moves.
    twin_count, first_count : int
        Counts that twins, and the two first neurons, begin with.

    Returns
    -------
    ndarray of float, shape (k, d), or None
        None where it does not come to rest.

    Examples
    --------
    >>> network_by_loop(np.array([[0.0], [1.0], [8.0], [9.0]]), 2)
    array([[8.5],
           [0.5]])
    """
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights, counts = np.array([mean + epsilon, mean - epsilon]), [first_count] * 2
    labels = [-1] * len(samples)
    for _ in range(500):
        before = list(labels)
        for i, x in enumerate(samples):
            new, old = int(np.square(weights - x).sum(axis=1).argmin()), labels[i]
            if new == old or (old >= 0 and counts[old] == 1):
                continue
            weights[new] += (x - weights[new]) / (counts[new] + 1)
            if old >= 0 and pushes:
                weights[old] -= (x - weights[old]) / max(counts[old] - 1, 1)
            counts[new] += 1
            if old >= 0:
                counts[old] -= 1
            labels[i] = new
        if labels != before:
            continue
        if len(weights) == k:
            return weights
        squares = np.square(samples - weights[labels]).sum(axis=1)
        parent = int(np.bincount(labels, squares, len(weights)).argmax())
        twin = weights[parent] + epsilon
        if not parent_stays:
            weights[parent] -= epsilon
        weights, counts = np.vstack([weights, twin]), [*counts, twin_count]
    return None


def _judge_rest(answer, samples, weights, labels):
    distances = np.square(samples[:, np.newaxis] - weights).sum(axis=2)
    own = distances[np.arange(len(samples)), labels]
    alone = np.bincount(labels, minlength=len(weights))[labels] == 1
    restless = (own > distances.min(axis=1) * (1 + 1e-5) + 1e-6) & ~alone
    i = int(restless.argmax())
    answer.is_true(
        not restless.any(),
        f"gives sample {i} the label {labels[i]}, but neuron {distances[i].argmin()} is nearer: "
        "at the end nobody wants to move, also after the last split.",
    )


def _judge_error(answer, samples, weights, labels, best, epsilon):
    from kquant_helpers.learners.centnn import CentroidNeuralNetwork

    error = np.square(samples - weights[labels]).sum()
    if best is None:
        best = CentroidNeuralNetwork(len(weights), epsilon).fit(samples).inertia_
    return answer.is_true(
        near(error, best, rtol=1e-4),
        f"has a sum of squared errors of {error:.6g}, but the network that grows by the rules "
        f"above has {best:.6g}: start at the mean ± epsilon, take the samples in order, and "
        "split the neuron with the largest sum of squares at its weight + epsilon.",
    )
