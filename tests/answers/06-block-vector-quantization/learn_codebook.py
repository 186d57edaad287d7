# %% wheat: KMeans with its defaults
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(n_clusters=k, random_state=random_state).fit(blocks).cluster_centers_


# %% wheat: ten restarts
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(n_clusters=k, n_init=10, random_state=random_state)
    model.fit(blocks.astype(float))
    return model.cluster_centers_


# %% wheat: the package's learner
def learn_codebook(blocks, k, random_state=0):
    return kq.learn(blocks, k, "k-means", random_state=random_state)


# %% wheat: a centroid neural network, which draws nothing
from kquant_helpers.learners.centnn import CentroidNeuralNetwork


def learn_codebook(blocks, k, random_state=0):
    return CentroidNeuralNetwork(k).fit(blocks.astype(float)).cluster_centers_


# %% wheat: k_means as a function, in float32
from sklearn.cluster import k_means


def learn_codebook(blocks, k, random_state=0):
    centers, _, _ = k_means(
        blocks.astype(np.float32), k, n_init=5, random_state=np.random.RandomState(random_state)
    )
    return centers


# %% wheat: SciPy's k-means from a k-means++ start, the best of ten
from scipy.cluster.vq import kmeans2
from sklearn.cluster import kmeans_plusplus


def learn_codebook(blocks, k, random_state=0):
    data = blocks.astype(float)
    best, least = None, np.inf
    for run in range(10):
        start, _ = kmeans_plusplus(data, k, random_state=random_state + run)
        centers, labels = kmeans2(data, start, iter=60, minit="matrix")
        error = ((data - centers[labels]) ** 2).sum()
        if error < least:
            best, least = centers, error
    return best


# %% wheat: Lloyd steps of its own from far points, as a list
def learn_codebook(blocks, k, random_state=0):
    data = blocks.astype(float)
    rng = np.random.default_rng(random_state)
    best, least = None, np.inf
    for _ in range(4):
        codebook = [data[rng.integers(len(data))]]
        while len(codebook) < k:
            distance = ((data[:, None] - np.array(codebook)) ** 2).sum(axis=2).min(axis=1)
            codebook.append(data[distance.argmax()])
        codebook = np.array(codebook)
        for _ in range(60):
            distance = ((data[:, None] - codebook) ** 2).sum(axis=2)
            nearest = distance.argmin(axis=1)
            codebook = np.array(
                [
                    data[nearest == i].mean(axis=0) if (nearest == i).any() else codebook[i]
                    for i in range(k)
                ]
            )
        error = ((data[:, None] - codebook) ** 2).sum(axis=2).min(axis=1).sum()
        if error < least:
            best, least = codebook, error
    return best.tolist()


# %% wheat: bisecting, then k-means
from sklearn.cluster import BisectingKMeans, KMeans


def learn_codebook(blocks, k, random_state=0):
    start = BisectingKMeans(k, random_state=random_state, n_init=5).fit(blocks.astype(float))
    model = KMeans(k, init=start.cluster_centers_, n_init=1)
    return model.fit(blocks.astype(float)).cluster_centers_


# %% chaff: a random start
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(k, init="random", n_init=1, random_state=random_state)
    return model.fit(blocks).cluster_centers_


# %% chaff: random blocks
def learn_codebook(blocks, k, random_state=0):
    rng = np.random.default_rng(random_state)
    return blocks[rng.choice(len(blocks), k, replace=False)].astype(float)


# %% chaff: the first k blocks
def learn_codebook(blocks, k, random_state=0):
    return blocks[:k].astype(float)


# %% chaff: one step from random blocks
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(k, init="random", n_init=1, max_iter=1, random_state=random_state)
    return model.fit(blocks).cluster_centers_


# %% chaff: one step from k-means++
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(k, n_init=1, max_iter=1, random_state=random_state)
    return model.fit(blocks).cluster_centers_


# %% chaff: the k-means++ start alone
from sklearn.cluster import kmeans_plusplus


def learn_codebook(blocks, k, random_state=0):
    centers, _ = kmeans_plusplus(blocks.astype(float), k, random_state=random_state)
    return centers


# %% chaff: without the seed
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(k, n_init=3).fit(blocks).cluster_centers_


# %% chaff: rounds the codewords
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(k, n_init=3, random_state=random_state).fit(blocks)
    return np.rint(model.cluster_centers_)


# %% chaff: cuts decimals off
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(k, n_init=3, random_state=random_state).fit(blocks)
    return model.cluster_centers_.astype(np.uint8)


# %% chaff: returns the labels
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(k, n_init=3, random_state=random_state).fit_predict(blocks)


# %% chaff: returns the model
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(k, n_init=3, random_state=random_state).fit(blocks)


# %% chaff: clusters the entries, not the blocks
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    levels = KMeans(k, n_init=3, random_state=random_state).fit(blocks.reshape(-1, 1))
    return np.repeat(levels.cluster_centers_, blocks.shape[1], axis=1)


# %% chaff: always eight codewords
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(8, n_init=3, random_state=random_state).fit(blocks).cluster_centers_


# %% chaff: codewords are columns
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(k, n_init=3, random_state=random_state).fit(blocks).cluster_centers_.T


# %% chaff: one codeword too few
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    model = KMeans(max(k - 1, 1), n_init=3, random_state=random_state).fit(blocks)
    return model.cluster_centers_


# %% chaff: learns from the first half
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    half = blocks[: max(len(blocks) // 2, k)]
    return KMeans(k, n_init=3, random_state=random_state).fit(half).cluster_centers_


# %% chaff: mini-batches with their defaults
from sklearn.cluster import MiniBatchKMeans


def learn_codebook(blocks, k, random_state=0):
    model = MiniBatchKMeans(k, init="random", n_init=1, random_state=random_state)
    return model.fit(blocks).cluster_centers_


# %% chaff: scales to 0..1
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    return KMeans(k, n_init=3, random_state=random_state).fit(blocks / 255).cluster_centers_


# %% chaff: sorts the blocks in place
from sklearn.cluster import KMeans


def learn_codebook(blocks, k, random_state=0):
    blocks.sort(axis=0)
    return KMeans(k, n_init=3, random_state=random_state).fit(blocks).cluster_centers_
