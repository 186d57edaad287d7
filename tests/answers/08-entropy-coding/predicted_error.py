# %% wheat: shares and np.cbrt
def predicted_error(counts, k):
    p = counts / counts.sum()
    return np.cbrt(p).sum() ** 3 / (12 * k**2)


# %% wheat: a power of one third
def predicted_error(counts, k):
    p = np.asarray(counts, dtype=float) / np.sum(counts)
    return float(np.sum(p ** (1 / 3)) ** 3 / 12 / k / k)


# %% wheat: a loop
def predicted_error(counts, k):
    total, sum_of_roots = 0, 0.0
    for count in counts:
        total += int(count)
    for count in counts:
        sum_of_roots += (int(count) / total) ** (1 / 3)
    return sum_of_roots * sum_of_roots * sum_of_roots / (12 * k * k)


# %% wheat: the total taken out of the sum
def predicted_error(counts, k):
    return np.cbrt(counts).sum() ** 3 / counts.sum() / (12 * k**2)


# %% wheat: the intensities that occur only, by logarithms
def predicted_error(counts, k):
    p = counts[counts > 0] / counts.sum()
    return np.exp(3 * np.log(np.exp(np.log(p) / 3).sum())) / (12.0 * k**2)


# %% wheat: SciPy's cube root, an array without axes
from scipy import special


def predicted_error(counts, k):
    roots = special.cbrt(counts / np.sum(counts))
    return np.array(np.power(roots.sum(), 3) / (12 * k**2))


# %% wheat: a norm
def predicted_error(counts, k):
    return np.linalg.norm(counts / counts.sum(), 1 / 3) / (12 * k**2)


# %% chaff (visible): the counts as they are
# says: share
def predicted_error(counts, k):
    return np.cbrt(counts).sum() ** 3 / (12 * k**2)


# %% chaff (visible): no third power
# says: third power
def predicted_error(counts, k):
    return np.cbrt(counts / counts.sum()).sum() / (12 * k**2)


# %% chaff (visible): the power inside the sum
# says: roots first
def predicted_error(counts, k):
    return np.sum(np.cbrt(counts / counts.sum()) ** 3) / (12 * k**2)


# %% chaff (visible): ** before /
# says: before /
def predicted_error(counts, k):
    p = counts / counts.sum()
    return np.sum(p**1 / 3) ** 3 / (12 * k**2)


# %% chaff (visible): 12 k² without parentheses
# says: parentheses
def predicted_error(counts, k):
    return np.cbrt(counts / counts.sum()).sum() ** 3 / 12 * k**2


# %% chaff (visible): k not squared
# says: squared
def predicted_error(counts, k):
    return np.cbrt(counts / counts.sum()).sum() ** 3 / (12 * k)


# %% chaff (visible): no 12
# says: 12
def predicted_error(counts, k):
    return np.cbrt(counts / counts.sum()).sum() ** 3 / k**2


# %% chaff (visible): square roots
# says: cube roots
def predicted_error(counts, k):
    return np.sqrt(counts / counts.sum()).sum() ** 3 / (12 * k**2)


# %% chaff (visible): square roots, squared
# says: cube roots
def predicted_error(counts, k):
    return np.sqrt(counts / counts.sum()).sum() ** 2 / (12 * k**2)


# %% chaff (visible): powers inside, the root outside
# says: inside
def predicted_error(counts, k):
    return np.sum((counts / counts.sum()) ** 3) ** (1 / 3) / (12 * k**2)


# %% chaff (visible): equal bins, whatever the histogram
# says: equal bins
def predicted_error(counts, k):
    return (255 / k) ** 2 / 12


# %% chaff (visible): equal bins of 256
# says: equal bins
def predicted_error(counts, k):
    return (256 / k) ** 2 / 12


# %% chaff (visible): the mean of the roots
# says: mean
def predicted_error(counts, k):
    return np.mean(np.cbrt(counts / counts.sum())) ** 3 / (12 * k**2)


# %% chaff (visible): without intensity 255
# says: 255
def predicted_error(counts, k):
    return np.cbrt(counts[:255] / counts.sum()).sum() ** 3 / (12 * k**2)


# %% chaff (visible): without intensity 0
# says: intensity 0
def predicted_error(counts, k):
    return np.cbrt(counts[1:] / counts.sum()).sum() ** 3 / (12 * k**2)


# %% chaff (visible): integer division makes all shares 0
def predicted_error(counts, k):
    return np.cbrt(counts // counts.sum()).sum() ** 3 / (12 * k**2)


# %% chaff (visible): divided by 256, not by the total
def predicted_error(counts, k):
    return np.cbrt(counts / 256).sum() ** 3 / (12 * k**2)


# %% chaff (visible): the measured error of the best levels
def predicted_error(counts, k):
    levels = kq.learn(np.repeat(np.arange(256), counts)[:, np.newaxis], k)[:, 0]
    error = (np.arange(256)[:, np.newaxis] - levels) ** 2
    return (counts * error.min(axis=1)).sum() / counts.sum()


# %% chaff (visible): the root of the error
# says: root
def predicted_error(counts, k):
    return (np.cbrt(counts / counts.sum()).sum() ** 3 / (12 * k**2)) ** 0.5


# %% chaff (visible): too few digits
def predicted_error(counts, k):
    p = (counts / counts.sum()).astype(np.float16)
    return np.sum(p ** np.float16(1 / 3)) ** 3 / (12 * k**2)


# %% slip: p is a share | of the largest count
def predicted_error(counts, k):
    return np.cbrt(counts / counts.max()).sum() ** 3 / (12 * k**2)


# %% slip: the third power of the sum | of each root
def predicted_error(counts, k):
    p = counts / counts.sum()
    return sum(np.cbrt(p) ** 3) / (12 * k**2)


# %% chaff (visible): changes the histogram in place
# says: in place
def predicted_error(counts, k):
    total = counts.sum()
    counts[counts == 0] = 0
    counts *= 1
    counts[0] += 1
    return np.cbrt(counts / total).sum() ** 3 / (12 * k**2)


# %% wheat: beside the measured error
def predicted_error(counts, k):
    p = counts / counts.sum()
    predicted = np.sum(np.cbrt(p)) ** 3 / (12 * k**2)
    print(predicted, kq.level_error(counts, np.arange(k) * 255 / k))
    return predicted
