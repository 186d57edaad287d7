# %% wheat: sample by sample, as in the article
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff (visible): the package's estimator
from kquant_helpers.learners.centnn import CentroidNeuralNetwork


def centnn(samples, n_clusters, epsilon=0.05):
    network = CentroidNeuralNetwork(n_clusters, epsilon).fit(samples)
    return network.cluster_centers_, network.labels_


# %% wheat: the other neuron first, and sums in place of steps
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.array(samples, dtype=np.float64)
    n, d = samples.shape
    owner = [None] * n
    if n_clusters == 1:
        return samples.mean(axis=0).reshape(1, d), np.zeros(n, int)
    places = [samples.mean(axis=0) - epsilon, samples.mean(axis=0) + epsilon]
    sums, sizes = [np.zeros(d), np.zeros(d)], [0, 0]
    while True:
        quiet = True
        for i in range(n):
            x, old = samples[i], owner[i]
            best = min(range(len(places)), key=lambda j: ((places[j] - x) ** 2).sum())
            if best == old or (old is not None and sizes[old] == 1):
                continue
            quiet = False
            for j, sign in ((best, 1), (old, -1)):
                if j is not None:
                    sums[j] = sums[j] + sign * x
                    sizes[j] += sign
                    places[j] = sums[j] / sizes[j]
            owner[i] = best
        if quiet and len(places) == n_clusters:
            return np.array(places), np.array(owner)
        if quiet:
            errors = [0.0] * len(places)
            for x, j in zip(samples, owner):
                errors[j] += float(((x - places[j]) ** 2).sum())
            places.append(places[errors.index(max(errors))] + epsilon)
            sums.append(np.zeros(d))
            sizes.append(0)


# %% wheat: each weight is computed anew as a mean
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, float)
    mean = samples.mean(0)
    weights = [mean + epsilon, mean - epsilon][:n_clusters]
    labels = np.full(len(samples), -1)
    while True:
        moved = True
        while moved:
            moved = False
            for i, x in enumerate(samples):
                old = labels[i]
                new = int(np.argmin([np.linalg.norm(w - x) for w in weights]))
                if new != old and (old < 0 or (labels == old).sum() > 1):
                    labels[i], moved = new, True
                    weights[new] = samples[labels == new].mean(axis=0)
                    if old >= 0:
                        weights[old] = samples[labels == old].mean(axis=0)
        if len(weights) >= n_clusters:
            return np.array(weights), labels
        spread = [
            samples[labels == j].var(axis=0).sum() * (labels == j).sum()
            for j in range(len(weights))
        ]
        weights.append(weights[int(np.argmax(spread))] + epsilon)


# %% wheat: the first epoch deals all samples out at once
def centnn(samples, n_clusters, epsilon=0.05):
    samples = samples.astype(float)
    if n_clusters == 1:
        return np.array([samples.mean(axis=0)]), np.zeros(len(samples), dtype=np.int64)
    start = np.array([samples.mean(axis=0) + epsilon, samples.mean(axis=0) - epsilon])
    labels = ((samples[:, None] - start) ** 2).sum(axis=2).argmin(axis=1)
    weights = np.array([samples[labels == j].mean(axis=0) for j in (0, 1)])
    counts = np.bincount(labels, minlength=2)

    def epoch():
        moved = 0
        for i, x in enumerate(samples):
            j, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
            if j != old and counts[old] > 1:
                weights[j] = (counts[j] * weights[j] + x) / (counts[j] + 1)
                weights[old] = (counts[old] * weights[old] - x) / (counts[old] - 1)
                counts[j], counts[old], labels[i] = counts[j] + 1, counts[old] - 1, j
                moved += 1
        return moved

    while True:
        while epoch():
            pass
        if len(weights) == n_clusters:
            return weights, labels
        distances = ((samples - weights[labels]) ** 2).sum(axis=1)
        worst = np.bincount(labels, weights=distances, minlength=len(weights)).argmax()
        weights = np.concatenate([weights, weights[[worst]] + epsilon])
        counts = np.concatenate([counts, [0]])


# %% wheat: recursion
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    if n_clusters == 1:
        return samples.mean(axis=0, keepdims=True), np.zeros(len(samples), dtype=np.uint8)
    if n_clusters == 2:
        mean = samples.mean(axis=0)
        weights, labels, counts = (
            np.array([mean + epsilon, mean - epsilon]),
            [-1] * len(samples),
            [0, 0],
        )
    else:
        weights, labels = centnn(samples, n_clusters - 1, epsilon)
        labels = [int(j) for j in labels]
        errors = np.zeros(n_clusters - 1)
        np.add.at(errors, labels, ((samples - weights[labels]) ** 2).sum(axis=1))
        counts = [labels.count(j) for j in range(n_clusters - 1)] + [0]
        weights = np.vstack([weights, weights[errors.argmax()] + epsilon])
    before = None
    while before != labels:
        before = list(labels)
        for i, x in enumerate(samples):
            new, old = int(np.argmin(((x - weights) ** 2).sum(axis=1))), labels[i]
            if new == old or (old >= 0 and counts[old] == 1):
                continue
            counts[new] += 1
            weights[new] += (x - weights[new]) / counts[new]
            if old >= 0:
                counts[old] -= 1
                weights[old] -= (x - weights[old]) / counts[old]
            labels[i] = new
    return weights, np.array(labels)


# %% chaff (visible): the package's events
from kquant_helpers.learners.centnn import growth_events


def centnn(samples, n_clusters, epsilon=0.05):
    if n_clusters == 1:
        return np.mean(samples, axis=0, keepdims=True), np.zeros(len(samples), int)
    *_, last = growth_events(samples, n_clusters, epsilon)
    return [list(w) for w in last.weights], last.labels.tolist()


# %% wheat: a first neuron at the mean itself, plain Python
def centnn(samples, n_clusters, epsilon=0.05):
    points = [[float(v) for v in x] for x in samples]
    d = len(points[0])
    weights = [[sum(p[c] for p in points) / len(points) for c in range(d)]]
    labels = [0] * len(points)
    counts = [len(points)]
    while len(weights) < n_clusters:
        errors = [0.0] * len(weights)
        for p, j in zip(points, labels):
            errors[j] += sum((a - b) ** 2 for a, b in zip(p, weights[j]))
        parent = errors.index(max(errors))
        weights.append([v + epsilon for v in weights[parent]])
        counts.append(0)
        moved = 1
        while moved:
            moved = 0
            for i, p in enumerate(points):
                distances = [sum((a - b) ** 2 for a, b in zip(p, w)) for w in weights]
                new, old = distances.index(min(distances)), labels[i]
                if new != old and counts[old] > 1:
                    counts[new] += 1
                    counts[old] -= 1
                    for c in range(d):
                        weights[new][c] += (p[c] - weights[new][c]) / counts[new]
                        weights[old][c] -= (p[c] - weights[old][c]) / counts[old]
                    labels[i] = new
                    moved += 1
    return np.array(weights), np.array(labels)


# %% wheat: builds on the exercises before
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.array(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.array([0, 0]), np.zeros(len(samples), dtype=int)
    for i, x in enumerate(samples):
        labels[i] = j = winner(weights, x)
        weights[j] = gain_sample(weights[j], counts[j], x)
        counts[j] += 1
    while True:
        while run_epoch(samples, weights, counts, labels) > 0:
            pass
        if len(weights) == n_clusters:
            return weights, labels
        parent = neuron_to_split(samples, weights, labels)
        weights = np.vstack([weights, weights[parent] + epsilon])
        counts = np.append(counts, 0)


# %% wheat: always starts with two neurons
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) >= n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: fewer neurons: a budget of rounds for epochs and splits
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    for _ in range(4):
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)
    return weights, labels


# %% chaff: the parent moves, too
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        parent = np.argmax(errors)
        weights = np.vstack([weights, weights[parent] + epsilon])
        weights[parent] -= epsilon
        counts = np.append(counts, 0)


# %% chaff: splits the neuron with the most samples
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(counts)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: splits by the mean error
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).mean() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: stops before the last epoch is quiet
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if len(weights) == n_clusters:
            return weights, labels
        if moved:
            continue
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: one epoch for each split
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: ignores epsilon
def centnn(samples, n_clusters, epsilon=0.05):
    samples, epsilon = np.asarray(samples, dtype=float), 0.05
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: the loser is not pushed
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: one neuron too many
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters + 1:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: labels first
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return np.zeros(len(samples), dtype=int), mean[np.newaxis]
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return labels, weights
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: labels count from 1
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.ones(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels + 1
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: weights only
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis]
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: rounds the weights
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return np.rint(weights), labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: starts at the first two samples
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = samples[:2].copy()
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: the first two neurons count as one sample each
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.ones(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: the twin far away, at the farthest sample
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    if n_clusters == 1:
        return mean[np.newaxis], np.zeros(len(samples), dtype=int)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, samples[np.square(samples - mean).sum(axis=1).argmax()]])
        counts = np.append(counts, 0)


# %% chaff: k-means from a random start
from sklearn.cluster import KMeans


def centnn(samples, n_clusters, epsilon=0.05):
    model = KMeans(n_clusters, init="random", n_init=1).fit(samples)
    return model.cluster_centers_, model.labels_


# %% chaff: k-means from one seed
from sklearn.cluster import KMeans


def centnn(samples, n_clusters, epsilon=0.05):
    model = KMeans(n_clusters, init="random", n_init=1, random_state=0).fit(samples)
    return model.cluster_centers_, model.labels_


# %% chaff: k-means++ with many restarts
from sklearn.cluster import KMeans


def centnn(samples, n_clusters, epsilon=0.05):
    model = KMeans(n_clusters, n_init=20, random_state=0).fit(samples)
    return model.cluster_centers_, model.labels_


# %% chaff: mini-batches
from sklearn.cluster import MiniBatchKMeans


def centnn(samples, n_clusters, epsilon=0.05):
    model = MiniBatchKMeans(n_clusters, n_init=3, random_state=0).fit(samples)
    return model.cluster_centers_, model.labels_


# %% chaff: no network at all
def centnn(samples, n_clusters, epsilon=0.05):
    weights = np.linspace(np.min(samples, axis=0), np.max(samples, axis=0), n_clusters)
    return weights, np.square(samples[:, None] - weights).sum(axis=2).argmin(axis=1)


# %% chaff: two neurons only
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    weights, numbers = grown(samples, 2, epsilon)
    return weights, numbers


# %% chaff: labels of another network
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    weights, numbers = grown(samples, n_clusters, epsilon)
    return weights, numbers[::-1]


# %% chaff: the samples in reverse
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    weights, numbers = grown(samples[::-1], n_clusters, epsilon)
    return weights, numbers[::-1]


# %% chaff: splits without an epoch between
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    weights = samples.mean(axis=0)[np.newaxis]
    labels = np.zeros(len(samples), dtype=int)
    while len(weights) < n_clusters:
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        labels = np.square(samples[:, None] - weights).sum(axis=2).argmin(axis=1)
    return weights, labels


# %% chaff: sorts the samples in place
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    samples.sort(axis=0)
    weights, numbers = grown(samples, n_clusters, epsilon)
    return weights, numbers


# %% chaff: labels as one column
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    weights, numbers = grown(samples, n_clusters, epsilon)
    return weights, numbers[:, np.newaxis]


# %% chaff: at most three neurons
def grown(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


def centnn(samples, n_clusters, epsilon=0.05):
    weights, numbers = grown(samples, min(n_clusters, 3), epsilon)
    return weights, numbers


# %% chaff: five epochs at most for each split
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    epochs = 0
    while True:
        moved, epochs = 0, epochs + 1
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved and epochs < 5:
            continue
        epochs = 0
        if len(weights) >= n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% chaff: an epsilon of 0.05 whatever is asked for
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + 0.05, mean - 0.05])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) >= n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + 0.05])
        counts = np.append(counts, 0)


# %% chaff: the twin at w - epsilon
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) >= n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] - epsilon])
        counts = np.append(counts, 0)


# %% chaff (visible): a twin begins with the count 1
# says: the count 0
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 1)


# %% chaff (visible): np.append lays the weights out in one row
# says: np.vstack adds a row
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.append(weights, weights[np.argmax(errors)] + epsilon)
        counts = np.append(counts, 0)


# %% chaff (visible): the parent gives half of its samples to the twin's count
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        half = counts[np.argmax(errors)] // 2
        counts[np.argmax(errors)] -= half
        counts = np.append(counts, half)


# %% slip: run epochs until one of them moves nobody | one epoch for each split
# says: nobody wants to move|means|stopped|growing|grows|sample
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved == len(samples):
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% slip: do not limit the number of epochs | a hundred in all
# says: stopped before
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    for _ in range(100):
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)
    return weights[counts > 0], np.searchsorted(np.flatnonzero(counts), labels)


# %% slip: do not limit the number of epochs | five for each split
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    epochs = 0
    while True:
        epochs += 1
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved and epochs < 5:
            continue
        epochs = 0
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        weights = np.vstack([weights, weights[np.argmax(errors)] + epsilon])
        counts = np.append(counts, 0)


# %% slip: the parent stays where it is | it steps back
# says: the parent stays
def centnn(samples, n_clusters, epsilon=0.05):
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=0)
    weights = np.array([mean + epsilon, mean - epsilon])
    counts, labels = np.zeros(2, dtype=int), np.full(len(samples), -1)
    while True:
        moved = 0
        for i, x in enumerate(samples):
            winner, loser = np.square(weights - x).sum(axis=1).argmin(), labels[i]
            if winner == loser or (loser >= 0 and counts[loser] == 1):
                continue
            weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
            counts[winner] += 1
            if loser >= 0:
                weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
                counts[loser] -= 1
            labels[i] = winner
            moved += 1
        if moved:
            continue
        if len(weights) == n_clusters:
            return weights, labels
        errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
        parent = np.argmax(errors)
        twin = weights[parent] + epsilon
        weights[parent] -= epsilon
        weights = np.vstack([weights, twin])
        counts = np.append(counts, 0)
