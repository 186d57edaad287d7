# %% wheat: keeps the nearest squared distances up to date
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    codebook = [blocks[generator.integers(len(blocks))]]
    nearest = np.full(len(blocks), np.inf)
    while len(codebook) < k:
        nearest = np.minimum(nearest, ((blocks - codebook[-1]) ** 2).sum(axis=1))
        codebook.append(blocks[generator.choice(len(blocks), p=nearest / nearest.sum())])
    return np.array(codebook)


# %% wheat: all distances anew for each codeword, of uint8
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    places = [generator.integers(len(blocks))]
    for _ in range(k - 1):
        differences = blocks[:, np.newaxis].astype(int) - blocks[places].astype(int)
        chances = (differences**2).sum(axis=2).min(axis=1)
        places.append(generator.choice(len(blocks), p=chances / chances.sum()))
    return blocks[places]


# %% wheat: the random module, lists, the newest codeword first
import random


def spread_start(blocks, k, random_state=0):
    draw = random.Random(random_state)
    rows = blocks.tolist()
    start = [draw.choice(rows)]
    while len(start) < k:
        weights = [
            min(sum((x - y) ** 2 for x, y in zip(row, codeword)) for codeword in start)
            for row in rows
        ]
        start = draw.choices(rows, weights=weights) + start
    return start


# %% wheat: the old generator, float32 and norms
def spread_start(blocks, k, random_state=0):
    np.random.seed(random_state)
    vectors = blocks.astype(np.float32)
    start = vectors[[np.random.randint(len(vectors))]]
    while len(start) < k:
        distances = np.linalg.norm(vectors[:, None] - start, axis=2).min(axis=1).astype(float) ** 2
        new = np.random.choice(len(vectors), p=distances / distances.sum())
        start = np.append(start, vectors[[new]], axis=0)
    return start


# %% wheat: a running sum and one random number for each codeword
def spread_start(blocks, k, random_state=0):
    draw = np.random.RandomState(random_state)
    vectors = blocks.astype(float)
    start = np.empty((k, vectors.shape[1]))
    start[0] = vectors[int(draw.rand() * len(vectors))]
    for i in range(1, k):
        nearest = ((vectors[:, None] - start[:i]) ** 2).sum(axis=2).min(axis=1)
        place = np.searchsorted(np.cumsum(nearest), draw.rand() * nearest.sum(), side="right")
        start[i] = vectors[min(place, len(vectors) - 1)]
    return start


# %% wheat: calls itself with one codeword less
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng([random_state, k])
    vectors = np.asarray(blocks, dtype=float)
    if k == 1:
        return generator.choice(vectors, 1)
    start = spread_start(blocks, k - 1, random_state)
    nearest = ((vectors[:, None] - start) ** 2).sum(-1).min(-1)
    return np.vstack([start, vectors[generator.choice(len(vectors), p=nearest / nearest.sum())]])


# %% wheat: scikit-learn's, with one trial
from sklearn.cluster import kmeans_plusplus


def spread_start(blocks, k, random_state=0):
    return kmeans_plusplus(blocks.astype(float), k, random_state=random_state, n_local_trials=1)[0]


# %% wheat: cdist, and the sorted rows
from scipy.spatial.distance import cdist


def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    start = blocks[generator.permutation(len(blocks))[:1]].astype(float)
    while len(start) < k:
        weights = cdist(blocks, start, "sqeuclidean").min(axis=1)
        start = np.r_[start, generator.choice(blocks, 1, p=weights / weights.sum(), axis=0)]
    return start[np.lexsort(start.T)]


# %% wheat: random keys, the largest one wins
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    vectors = blocks.astype(float)
    start = vectors[[generator.integers(len(vectors))]]
    while len(start) < k:
        nearest = ((vectors[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        keys = np.log(nearest) + generator.gumbel(size=len(vectors))
        start = np.vstack([start, vectors[keys.argmax()]])
    return start


# %% slip: The first codeword is one of the blocks, drawn at random | always the first block
# says: first codeword is always the first block
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[:1]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% slip: The first codeword is one of the blocks, drawn at random | drawn among the different ones
# says: should\.
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = generator.choice(np.unique(blocks, axis=0), 1)
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% slip: Each next one is a block drawn with a chance in proportion to its squared distance to the nearest codeword so far | not squared
# says: its square is asked for
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = np.linalg.norm(blocks[:, None] - start, axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% slip: Each next one is a block drawn with a chance in proportion to its squared distance to the nearest codeword so far | the farthest is taken
# says: farthest block is always taken
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[nearest.argmax()]])
    return start


# %% slip: Each next one is a block drawn with a chance in proportion to its squared distance to the nearest codeword so far | the one drawn last counts
# says: smallest one counts
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        distances = ((blocks - start[-1]) ** 2).sum(axis=1)
        distances[(blocks[:, None] == start).all(axis=2).any(axis=1)] = 0
        start = np.vstack(
            [start, blocks[generator.choice(len(blocks), p=distances / distances.sum())]]
        )
    return start


# %% slip: no two codewords are equal | the last one is the first one again
# says: more than once
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k - 1:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return np.resize(start, (k, start.shape[1]))


# %% slip: The same `random_state` gives the same start | a generator without a seed
# says: gives another start when it is called again
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng()
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% slip: The same `random_state` gives the same start | every seed gives the same one
# says: every seed gives the same start
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(0)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): every block has the same chance
# says: more than once|same chance
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    return blocks[generator.choice(len(blocks), k, replace=False)]


# %% chaff (visible): every different block has the same chance
# says: should
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    different = np.unique(blocks, axis=0)
    return different[generator.choice(len(different), k, replace=False)]


# %% chaff (visible): squared twice
# says: squared once more
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1) ** 2
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): absolute differences
# says: not their absolute values
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = np.abs(blocks[:, None] - start).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): the distances to all codewords, added up
# says: smallest one counts|more than once
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        distances = ((blocks[:, None] - start) ** 2).sum(axis=2).sum(axis=1)
        start = np.vstack(
            [start, blocks[generator.choice(len(blocks), p=distances / distances.sum())]]
        )
    return start


# %% chaff (visible): the distance to the farthest codeword
# says: smallest one counts|more than once
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    for _ in range(k - 1):
        distances = ((blocks[:, None] - start) ** 2).sum(axis=2).max(axis=1)
        start = np.vstack(
            [start, blocks[generator.choice(len(blocks), p=distances / distances.sum())]]
        )
    return start


# %% chaff (visible): differences of uint8 wrap
# says: uint8 wraps around
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start).astype(float) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): scikit-learn's default tries several candidates
# says: several candidates
from sklearn.cluster import kmeans_plusplus


def spread_start(blocks, k, random_state=0):
    return kmeans_plusplus(blocks.astype(float), k, random_state=random_state)[0]


# %% chaff (visible): runs k-means to the end
# says: none of the blocks
from sklearn.cluster import KMeans


def spread_start(blocks, k, random_state=0):
    return KMeans(k, random_state=random_state).fit(blocks).cluster_centers_


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.learn
def spread_start(blocks, k, random_state=0):
    return kq.learn(blocks, k, "random", random_state=random_state)


# %% chaff (visible): the places of the blocks
# says: return the blocks themselves
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    vectors = blocks.astype(float)
    places = [generator.integers(len(blocks))]
    while len(places) < k:
        nearest = ((vectors[:, None] - vectors[places]) ** 2).sum(axis=2).min(axis=1)
        places.append(generator.choice(len(blocks), p=nearest / nearest.sum()))
    return np.array(places)


# %% chaff (visible): starts with the mean
# says: none of the blocks
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks.mean(axis=0, keepdims=True)
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): one codeword too many
# says: the shape \(2, 16\)
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    for _ in range(k):
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest / nearest.sum())]])
    return start


# %% chaff (visible): chances that do not add up to 1
# says: divide the chances by their sum
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    start = blocks[[generator.integers(len(blocks))]]
    while len(start) < k:
        nearest = ((blocks[:, None] - start) ** 2).sum(axis=2).min(axis=1)
        start = np.vstack([start, blocks[generator.choice(len(blocks), p=nearest)]])
    return start


# %% chaff (visible): far from the mean in place of far from the codewords
# says: should\.
def spread_start(blocks, k, random_state=0):
    generator = np.random.default_rng(random_state)
    blocks = blocks.astype(float)
    places = [generator.integers(len(blocks))]
    while len(places) < k:
        chances = ((blocks - blocks.mean(axis=0)) ** 2).sum(axis=1) + 1e-9
        chances[(blocks[:, None] == blocks[places]).all(axis=2).any(axis=1)] = 0
        places.append(generator.choice(len(blocks), p=chances / chances.sum()))
    return blocks[places]
