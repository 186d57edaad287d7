# %% wheat: steps on rows
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = int(((weights - x) ** 2).sum(axis=1).argmin()), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% wheat: sums
def run_epoch(samples, weights, counts, labels):
    sums = weights * counts[:, np.newaxis]
    before = labels.copy()
    for i in range(len(samples)):
        old = labels[i]
        new = np.argmin(np.linalg.norm(weights - samples[i], axis=1))
        if new != old and counts[old] > 1:
            sums[new] += samples[i]
            sums[old] -= samples[i]
            counts[new] += 1
            counts[old] -= 1
            weights[new] = sums[new] / counts[new]
            weights[old] = sums[old] / counts[old]
            labels[i] = new
    return np.count_nonzero(before != labels)


# %% wheat: means computed anew
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        j = np.square(weights - x).sum(axis=1).argmin()
        loser = labels[i]
        if j == loser or np.sum(labels == loser) == 1:
            continue
        labels[i] = j
        for each in (j, loser):
            weights[each] = samples[labels == each].mean(axis=0)
            counts[each] = np.sum(labels == each)
        moved = moved + 1
    return moved


# %% wheat: plain loops
def run_epoch(samples, weights, counts, labels):
    n, d, k = len(samples), len(samples[0]), len(weights)
    changes = []
    for i in range(n):
        distances = [sum((samples[i][c] - weights[j][c]) ** 2 for c in range(d)) for j in range(k)]
        best, mine = distances.index(min(distances)), int(labels[i])
        if best == mine:
            continue
        if counts[mine] < 2:
            continue
        for c in range(d):
            weights[best][c] = (counts[best] * weights[best][c] + samples[i][c]) / (
                counts[best] + 1
            )
            weights[mine][c] = (counts[mine] * weights[mine][c] - samples[i][c]) / (
                counts[mine] - 1
            )
        counts[best], counts[mine], labels[i] = counts[best] + 1, counts[mine] - 1, best
        changes.append(i)
    return len(changes)


# %% wheat: functions inside
def run_epoch(samples, weights, counts, labels):
    def give(j, x, sign):
        weights[j] += sign * (x - weights[j]) / (counts[j] + sign)
        counts[j] += sign

    def visit(i):
        x, loser = samples[i], labels[i]
        best = min(range(len(weights)), key=lambda j: ((weights[j] - x) ** 2).sum())
        if best == loser or counts[loser] == 1:
            return 0
        give(best, x, 1)
        give(loser, x, -1)
        labels[i] = best
        return 1

    return sum(visit(i) for i in range(len(samples)))


# %% wheat: works on copies and writes them back
def run_epoch(samples, weights, counts, labels):
    new_weights, new_counts, new_labels = weights.copy(), counts.tolist(), labels.tolist()
    moved = 0
    for i, x in enumerate(np.asarray(samples, dtype=float)):
        a, b = int(((new_weights - x) ** 2).sum(1).argmin()), new_labels[i]
        if a != b and new_counts[b] != 1:
            new_weights[a] = new_weights[a] + (x - new_weights[a]) / (new_counts[a] + 1)
            new_weights[b] = new_weights[b] + (new_weights[b] - x) / (new_counts[b] - 1)
            new_counts[a] += 1
            new_counts[b] -= 1
            new_labels[i] = a
            moved += 1
    weights[:], counts[:], labels[:] = new_weights, new_counts, new_labels
    return float(moved)


# %% wheat: a sample that is content on a tie stays
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        distances = ((weights - x) ** 2).sum(axis=1)
        old, new = labels[i], distances.argmin()
        if distances[new] == distances[old] or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: all at once, after the epoch
def run_epoch(samples, weights, counts, labels):
    new = ((samples[:, None] - weights) ** 2).sum(axis=2).argmin(axis=1)
    moved = int((new != labels).sum())
    labels[:] = new
    counts[:] = np.bincount(labels, minlength=len(weights))
    for j in range(len(weights)):
        if counts[j]:
            weights[j] = samples[labels == j].mean(axis=0)
    return moved


# %% chaff: only the winner moves
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: counts stay
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        labels[i] = new
        moved += 1
    return moved


# %% chaff: counts change first
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] <= 2:
            continue
        counts[new] += 1
        counts[old] -= 1
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        labels[i] = new
        moved += 1
    return moved


# %% chaff: labels stay
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        moved += 1
    return moved


# %% chaff: a neuron may lose its last sample
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        if counts[old] > 1:
            weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: from the last sample to the first
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i in range(len(samples) - 1, -1, -1):
        x = samples[i]
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: neurons without samples take no part
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        distances = ((weights - x) ** 2).sum(axis=1)
        distances[counts == 0] = np.inf
        new, old = distances.argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: the highest index on a tie
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        distances = ((weights - x) ** 2).sum(axis=1)
        new, old = len(weights) - 1 - distances[::-1].argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: says whether, not how many
def run_epoch(samples, weights, counts, labels):
    moved = False
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved = True
    return moved


# %% chaff: counts samples that would like to move
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old:
            continue
        moved += 1
        if counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
    return moved


# %% chaff: epochs until nobody moves
def run_epoch(samples, weights, counts, labels):
    total, moved = 0, 1
    while moved:
        moved = 0
        for i, x in enumerate(samples):
            new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
            if new == old or counts[old] == 1:
                continue
            weights[new] += (x - weights[new]) / (counts[new] + 1)
            weights[old] -= (x - weights[old]) / (counts[old] - 1)
            counts[new] += 1
            counts[old] -= 1
            labels[i] = new
            moved += 1
        total += moved
    return total


# %% chaff: returns nothing
def run_epoch(samples, weights, counts, labels):
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new


# %% chaff: a neuron keeps its last two samples
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] <= 2:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff: stops after the first move
def run_epoch(samples, weights, counts, labels):
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        return 1
    return 0


# %% chaff: the new label is written before the old one is read
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new = ((weights - x) ** 2).sum(axis=1).argmin()
        if new == labels[i] or counts[labels[i]] == 1:
            continue
        labels[i] = new
        old = labels[i]
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        moved += 1
    return moved


# %% chaff: returns inside the loop
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new != old and counts[old] > 1:
            weights[new] += (x - weights[new]) / (counts[new] + 1)
            weights[old] -= (x - weights[old]) / (counts[old] - 1)
            counts[new] += 1
            counts[old] -= 1
            labels[i] = new
            moved += 1
        return moved


# %% chaff (visible): the guard the wrong way round
# says: so it moves
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] > 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff (visible): the winner compared with itself
# says: so it moves
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[new] == 1 or True:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff (visible): guards the winner, not the loser
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[new] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / max(counts[old] - 1, 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff (visible): returns before the loop ends
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            return moved
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% chaff (visible): the loser is pulled, too
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] += (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% slip: walk through all samples once | until nobody moves
# says: not until nobody moves
def run_epoch(samples, weights, counts, labels):
    total = 0
    while True:
        moved = 0
        for i, x in enumerate(samples):
            new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
            if new == old or counts[old] == 1:
                continue
            weights[new] += (x - weights[new]) / (counts[new] + 1)
            weights[old] -= (x - weights[old]) / (counts[old] - 1)
            counts[new] += 1
            counts[old] -= 1
            labels[i] = new
            moved += 1
        total += moved
        if moved == 0:
            return total


# %% slip: in order | backward
# says: in order
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in reversed(list(enumerate(samples))):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% slip: a neuron never loses its last sample | it may
# says: last sample
def run_epoch(samples, weights, counts, labels):
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / max(counts[old] - 1, 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% slip: the weights move at once | winners are looked up before the first move
# says: at once
def run_epoch(samples, weights, counts, labels):
    winners = ((samples[:, np.newaxis] - weights) ** 2).sum(axis=2).argmin(axis=1)
    moved = 0
    for i, x in enumerate(samples):
        new, old = winners[i], labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% slip: the three arrays are changed in place | on copies
# says: in place
def run_epoch(samples, weights, counts, labels):
    weights, counts, labels = weights.copy(), counts.copy(), labels.copy()
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved


# %% slip: the three arrays are changed in place | the labels are not
# says: leaves the labels
def run_epoch(samples, weights, counts, labels):
    labels = list(labels)
    moved = 0
    for i, x in enumerate(samples):
        new, old = ((weights - x) ** 2).sum(axis=1).argmin(), labels[i]
        if new == old or counts[old] == 1:
            continue
        weights[new] += (x - weights[new]) / (counts[new] + 1)
        weights[old] -= (x - weights[old]) / (counts[old] - 1)
        counts[new] += 1
        counts[old] -= 1
        labels[i] = new
        moved += 1
    return moved
