# %% wheat: the formula on a range
def uniform_levels(k):
    return (np.arange(k) + 0.5) * 255 / k


# %% wheat: a list comprehension
def uniform_levels(k):
    return [(i + 0.5) * 255 / k for i in range(k)]


# %% wheat: middles of edges from linspace
def uniform_levels(k):
    edges = np.linspace(0, 255, k + 1)
    return (edges[:-1] + edges[1:]) / 2


# %% wheat: linspace between the outer centers
def uniform_levels(k):
    half = 255 / k / 2
    return np.linspace(half, 255 - half, k)


# %% wheat: a running sum
def uniform_levels(k):
    steps = np.full(k, 255 / k)
    steps[0] /= 2
    return np.cumsum(steps)


# %% wheat: odd numbers
def uniform_levels(k):
    return np.arange(1, 2 * k, 2) * 255 / (2 * k)


# %% wheat: a loop in single precision
def uniform_levels(k):
    levels = np.zeros(k, dtype=np.float32)
    for i in range(k):
        levels[i] = 255 / k * i + 255 / (2 * k)
    return levels


# %% chaff (visible): the package's equal bins
# says: kq\.learn
def uniform_levels(k):
    return kq.learn(np.zeros((1, 1), dtype=np.uint8), k, "equal bins").ravel()


# %% chaff: bins of 0 to 256
def uniform_levels(k):
    return (np.arange(k) + 0.5) * 256 / k


# %% chaff: left ends of the bins
def uniform_levels(k):
    return np.arange(k) * 255 / k


# %% chaff: right ends of the bins
def uniform_levels(k):
    return (np.arange(k) + 1) * 255 / k


# %% chaff: levels at 0 and 255
def uniform_levels(k):
    return np.linspace(0, 255, k)


# %% chaff: the edges of the bins
# says: k \+ 1 edges
def uniform_levels(k):
    return np.linspace(0, 255, k + 1)


# %% slip: Return floats, with their decimals. | rounds
# says: decimals
def uniform_levels(k):
    return np.rint((np.arange(k) + 0.5) * 255 / k)


# %% slip: Return floats, with their decimals. | divides whole numbers
# says: decimals
def uniform_levels(k):
    return (2 * np.arange(k) + 1) * 255 // (2 * k)


# %% slip: Return floats, with their decimals. | converts to uint8
# says: decimals
def uniform_levels(k):
    return ((np.arange(k) + 0.5) * 255 / k).astype(np.uint8)


# %% chaff: from the highest down
def uniform_levels(k):
    return ((np.arange(k) + 0.5) * 255 / k)[::-1]


# %% chaff: levels between 0 and 1
def uniform_levels(k):
    return (np.arange(k) + 0.5) / k


# %% chaff: a column
def uniform_levels(k):
    return ((np.arange(k) + 0.5) * 255 / k)[:, np.newaxis]


# %% chaff: is right for powers of two only
def uniform_levels(k):
    bits = int(np.log2(k))
    return (np.arange(2**bits) + 0.5) * 255 / 2**bits


# %% chaff: prints
def uniform_levels(k):
    print((np.arange(k) + 0.5) * 255 / k)


# %% chaff: returns inside the loop
# says: return line
def uniform_levels(k):
    for i in range(k):
        return (i + 0.5) * 255 / k


# %% chaff: forgets the parentheses
# says: parentheses
def uniform_levels(k):
    return np.arange(k) + 0.5 * 255 / k


# %% chaff: starts to count at 1
def uniform_levels(k):
    return (np.arange(1, k + 1) + 0.5) * 255 / k


# %% wheat: a generator of whole numbers, as a tuple
def uniform_levels(k):
    step = 255 / k
    return tuple(step / 2 + step * i for i in range(k))


# %% wheat: halves the distance of neighbors
def uniform_levels(k):
    edges = [i * 255 / k for i in range(k + 1)]
    return np.array([edges[i] + (edges[i + 1] - edges[i]) / 2 for i in range(k)])


# %% chaff: cuts the width of a bin
# says: //
def uniform_levels(k):
    return (np.arange(k) + 0.5) * (255 // k)


# %% chaff (visible): half precision
def uniform_levels(k):
    return ((np.arange(k) + 0.5) * 255 / k).astype(np.float16)
