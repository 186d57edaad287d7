# %% wheat: bincount
def neuron_to_split(samples, weights, labels):
    squares = ((samples - weights[labels]) ** 2).sum(axis=1)
    return np.bincount(labels, weights=squares, minlength=len(weights)).argmax()


# %% wheat: neuron by neuron
def neuron_to_split(samples, weights, labels):
    errors = [((samples[labels == j] - w) ** 2).sum() for j, w in enumerate(weights)]
    return int(np.argmax(errors))


# %% wheat: plain loops
def neuron_to_split(samples, weights, labels):
    errors = [0.0] * len(weights)
    for x, j in zip(samples, labels):
        for a, b in zip(x, weights[j]):
            errors[j] += (float(a) - float(b)) ** 2
    return max(range(len(errors)), key=errors.__getitem__)


# %% wheat: np.add.at
def neuron_to_split(samples, weights, labels):
    errors = np.zeros(len(weights))
    np.add.at(errors, labels, np.linalg.norm(samples - weights[labels], axis=1) ** 2)
    return errors.argmax()


# %% wheat: a table of members
def neuron_to_split(samples, weights, labels):
    member = labels[:, None] == np.arange(len(weights))
    distances = ((samples[:, None, :] - weights[None]) ** 2).sum(axis=2)
    return int((distances * member).sum(axis=0).argmax())


# %% wheat: a dictionary
def neuron_to_split(samples, weights, labels):
    errors = {}
    for x, j in zip(samples, labels):
        errors[int(j)] = errors.get(int(j), 0) + float(np.dot(x - weights[j], x - weights[j]))
    return max(errors, key=errors.get)


# %% wheat: variance times count
def neuron_to_split(samples, weights, labels):
    best, largest = 0, -1.0
    for j in np.unique(labels):
        own = samples[labels == j]
        error = own.var(axis=0).sum() * len(own)
        if error > largest:
            best, largest = int(j), error
    return best


# %% chaff: the mean
def neuron_to_split(samples, weights, labels):
    squares = ((samples - weights[labels]) ** 2).sum(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    sums = np.bincount(labels, weights=squares, minlength=len(weights))
    return (sums / np.maximum(counts, 1)).argmax()


# %% chaff: most samples
def neuron_to_split(samples, weights, labels):
    return np.bincount(labels).argmax()


# %% chaff: distances not squared
def neuron_to_split(samples, weights, labels):
    distances = np.sqrt(((samples - weights[labels]) ** 2).sum(axis=1))
    return np.bincount(labels, weights=distances).argmax()


# %% chaff: absolute differences
def neuron_to_split(samples, weights, labels):
    return np.bincount(labels, weights=np.abs(samples - weights[labels]).sum(axis=1)).argmax()


# %% chaff: the farthest sample
def neuron_to_split(samples, weights, labels):
    return labels[((samples - weights[labels]) ** 2).sum(axis=1).argmax()]


# %% chaff: the smallest error
def neuron_to_split(samples, weights, labels):
    squares = ((samples - weights[labels]) ** 2).sum(axis=1)
    return np.bincount(labels, weights=squares).argmin()


# %% chaff: all samples, not its own
def neuron_to_split(samples, weights, labels):
    return ((samples[:, None] - weights) ** 2).sum(axis=(0, 2)).argmax()


# %% chaff: the nearest neuron, not the own one
def neuron_to_split(samples, weights, labels):
    distances = ((samples[:, None] - weights) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1)
    return np.bincount(nearest, weights=distances.min(axis=1)).argmax()


# %% chaff: the error itself
def neuron_to_split(samples, weights, labels):
    squares = ((samples - weights[labels]) ** 2).sum(axis=1)
    return np.bincount(labels, weights=squares).max()


# %% chaff: the first feature only
def neuron_to_split(samples, weights, labels):
    squares = (samples[:, 0] - weights[labels, 0]) ** 2
    return np.bincount(labels, weights=squares).argmax()


# %% chaff: signed differences
def neuron_to_split(samples, weights, labels):
    return np.bincount(labels, weights=(samples - weights[labels]).sum(axis=1)).argmax()


# %% chaff: an empty neuron is nan, and nan is the largest
def neuron_to_split(samples, weights, labels):
    errors = []
    for j, w in enumerate(weights):
        own = samples[labels == j]
        errors.append(((own - own.mean(axis=0)) ** 2).mean() * own.size)
    return np.argmax(errors)


# %% chaff: always the first
def neuron_to_split(samples, weights, labels):
    return 0


# %% chaff: always the last
def neuron_to_split(samples, weights, labels):
    return len(weights) - 1


# %% chaff: the largest range
def neuron_to_split(samples, weights, labels):
    used = np.unique(labels)
    return used[np.argmax([np.ptp(samples[labels == j], axis=0).sum() for j in used])]


# %% chaff: the place in a list of used labels
def neuron_to_split(samples, weights, labels):
    used = sorted(set(labels.tolist()))
    return np.argmax([((samples[labels == j] - weights[j]) ** 2).sum() for j in used])


# %% chaff (visible): all neurons' distances to the mean of all
def neuron_to_split(samples, weights, labels):
    return int(((weights - samples.mean(axis=0)) ** 2).sum(axis=1).argmax())


# %% slip: the sum counts, not the mean | the mean of each neuron's squares
# says: not the mean
def neuron_to_split(samples, weights, labels):
    errors = np.zeros(len(weights))
    for j in np.unique(labels):
        errors[j] = ((samples[labels == j] - weights[j]) ** 2).sum(axis=1).mean()
    return int(errors.argmax())


# %% slip: a neuron without samples has the error 0 | it has no number
def neuron_to_split(samples, weights, labels):
    errors = []
    for j in range(len(weights)):
        if np.any(labels == j):
            errors.append(((samples[labels == j] - weights[j]) ** 2).sum())
    return int(np.argmax(errors))


# %% slip: a neuron without samples has the error 0 | the mean of nothing
# says: no samples
def neuron_to_split(samples, weights, labels):
    errors = []
    for j in range(len(weights)):
        own = samples[labels == j]
        errors.append(((own - weights[j]) ** 2).sum(axis=1).mean() * len(own))
    return int(np.argmax(errors))
