# %% wheat: squares and argmin
def winner(weights, x):
    return int(((weights - x) ** 2).sum(axis=1).argmin())


# %% wheat: the norm
def winner(weights, x):
    return np.argmin(np.linalg.norm(np.asarray(weights) - np.asarray(x), axis=1))


# %% wheat: plain loops
def winner(weights, x):
    best, smallest = None, float("inf")
    for j in range(len(weights)):
        distance = 0.0
        for a, b in zip(weights[j], x):
            distance += (float(a) - float(b)) ** 2
        if distance < smallest:
            best, smallest = j, distance
    return best


# %% wheat: min with a key
def winner(weights, x):
    return min(range(len(weights)), key=lambda j: np.dot(weights[j] - x, weights[j] - x))


# %% wheat: einsum
def winner(weights, x):
    difference = weights - x[np.newaxis, :]
    return np.einsum("kd,kd->k", difference, difference).argmin()


# %% wheat: scipy
from scipy.spatial.distance import cdist


def winner(weights, x):
    return cdist(weights, [x]).argmin()


# %% wheat: a list and its index
def winner(weights, x):
    distances = [np.sum((w - x) ** 2) for w in weights]
    return distances.index(min(distances))


# %% chaff: the highest index on a tie
def winner(weights, x):
    best = 0
    for j in range(len(weights)):
        if ((weights[j] - x) ** 2).sum() <= ((weights[best] - x) ** 2).sum():
            best = j
    return best


# %% chaff: the farthest
def winner(weights, x):
    return int(((weights - x) ** 2).sum(axis=1).argmax())


# %% chaff: sums of absolute differences
def winner(weights, x):
    return int(np.abs(weights - x).sum(axis=1).argmin())


# %% chaff: the largest difference only
def winner(weights, x):
    return int(np.abs(weights - x).max(axis=1).argmin())


# %% chaff: signed differences
def winner(weights, x):
    return int((weights - x).sum(axis=1).argmin())


# %% chaff: the first entry only
def winner(weights, x):
    return int(np.abs(weights[:, 0] - x[0]).argmin())


# %% chaff: the wrong axis
def winner(weights, x):
    return int(((weights - x) ** 2).sum(axis=0).argmin())


# %% chaff: no axis
def winner(weights, x):
    return int(((weights - x) ** 2).argmin())


# %% chaff: the weight itself
def winner(weights, x):
    return weights[((weights - x) ** 2).sum(axis=1).argmin()]


# %% chaff: the distance
def winner(weights, x):
    return float(((weights - x) ** 2).sum(axis=1).min())


# %% chaff: counts from 1
def winner(weights, x):
    return int(((weights - x) ** 2).sum(axis=1).argmin()) + 1


# %% chaff: the largest inner product
def winner(weights, x):
    return int((weights @ x).argmax())


# %% chaff: distances in uint8
def winner(weights, x):
    return int(((weights - x).astype(np.uint8) ** 2).sum(axis=1).argmin())


# %% chaff: the first two neurons only
def winner(weights, x):
    return int(((weights[:2] - x) ** 2).sum(axis=1).argmin())


# %% chaff (visible): the package's encode
# says: kq.encode
def winner(weights, x):
    return int(kq.encode(x[np.newaxis], weights)[0])


# %% chaff (visible): the smallest norm of all, not of the difference
def winner(weights, x):
    return int(np.linalg.norm(weights, axis=1).argmin())


# %% slip: on a tie the lowest index wins | the highest
# says: lowest index
def winner(weights, x):
    squares = ((weights - x) ** 2).sum(axis=1)
    return len(squares) - 1 - int(squares[::-1].argmin())


# %% slip: on a tie the lowest index wins | sorted by distance, then from the back
# says: lowest index
def winner(weights, x):
    order = sorted(range(len(weights)), key=lambda j: (((weights[j] - x) ** 2).sum(), -j))
    return order[0]
