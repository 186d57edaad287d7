# %% wheat: all distances at once
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin(axis=1)]).astype(np.uint8)


# %% wheat: two plain loops
def nearest_level_table(levels):
    table = np.zeros(256, dtype=np.uint8)
    for v in range(256):
        best = levels[0]
        for level in levels:
            if abs(level - v) < abs(best - v):
                best = level
        table[v] = round(best)
    return table


# %% wheat: min with a key, half up
def nearest_level_table(levels):
    nearest = [min(levels, key=lambda level: (level - v) ** 2) for v in range(256)]
    return np.floor(np.array(nearest) + 0.5).astype(np.uint8)


# %% wheat: borders between sorted levels
def nearest_level_table(levels):
    ordered = np.sort(levels)
    borders = (ordered[1:] + ordered[:-1]) / 2
    return np.round(ordered[np.searchsorted(borders, np.arange(256))]).astype(np.uint8)


# %% wheat: the higher level on a tie
def nearest_level_table(levels):
    ordered = np.sort(levels)[::-1]
    distances = np.abs(np.arange(256) - ordered[:, np.newaxis])
    return np.rint(ordered[distances.argmin(axis=0)]).astype("uint8")


# %% wheat: encode and decode of the package
def nearest_level_table(levels):
    every = np.arange(256, dtype=np.uint8).reshape(-1, 1)
    codebook = np.array(levels).reshape(-1, 1)
    return kq.decode(kq.encode(every, codebook), codebook).ravel()


# %% wheat: a tree of neighbors
from scipy.spatial import cKDTree


def nearest_level_table(levels):
    column = np.reshape(levels, (-1, 1))
    _, index = cKDTree(column).query(np.arange(256.0).reshape(-1, 1))
    return np.rint(column[index, 0]).astype(np.uint8)


# %% wheat: replaces where a level is nearer
def nearest_level_table(levels):
    v = np.arange(256)
    table = np.full(256, levels[0])
    for level in levels[1:]:
        table = np.where(np.abs(v - level) < np.abs(v - table), level, table)
    return np.uint8(table + 0.5)


# %% chaff: cuts the decimals off
# says: cuts decimals off
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return levels[distances.argmin(axis=1)].astype(np.uint8)


# %% chaff: rounds up
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.ceil(levels[distances.argmin(axis=1)]).astype(np.uint8)


# %% chaff: returns the index
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return distances.argmin(axis=1).astype(np.uint8)


# %% chaff: sorts the levels in place
def nearest_level_table(levels):
    levels.sort()
    borders = (levels[1:] + levels[:-1]) / 2
    return np.rint(levels[np.searchsorted(borders, np.arange(256))]).astype(np.uint8)


# %% chaff: takes the next level above
def nearest_level_table(levels):
    ordered = np.sort(levels)
    index = np.minimum(np.searchsorted(ordered, np.arange(256)), len(ordered) - 1)
    return np.rint(ordered[index]).astype(np.uint8)


# %% chaff: takes the next level below
def nearest_level_table(levels):
    ordered = np.sort(levels)
    index = np.maximum(np.searchsorted(ordered, np.arange(256), side="right") - 1, 0)
    return np.rint(ordered[index]).astype(np.uint8)


# %% chaff: equal bins whatever the levels
def nearest_level_table(levels):
    ordered = np.sort(levels)
    return np.rint(ordered[np.arange(256) * len(levels) // 256]).astype(np.uint8)


# %% chaff: takes the farthest level
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmax(axis=1)]).astype(np.uint8)


# %% chaff: forgets the absolute value
def nearest_level_table(levels):
    distances = np.arange(256)[:, np.newaxis] - levels
    return np.rint(levels[distances.argmin(axis=1)]).astype(np.uint8)


# %% slip: The table is `uint8`. | returns floats with their decimals
# says: np\.rint
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return levels[distances.argmin(axis=1)]


# %% slip: The table is `uint8`. | rounds, but keeps floats
# says: uint8
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin(axis=1)])


# %% chaff: has 255 entries
def nearest_level_table(levels):
    distances = np.abs(np.arange(255)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin(axis=1)]).astype(np.uint8)


# %% slip: Find the nearest level first, then round it. | rounds first, the lower level on a tie
# says: find the nearest level first
def nearest_level_table(levels):
    whole = np.rint(levels)
    distances = np.abs(np.arange(256)[:, np.newaxis] - whole)
    return whole[distances.argmin(axis=1)].astype(np.uint8)


# %% chaff: measures distances in uint8
def nearest_level_table(levels):
    whole = np.rint(levels).astype(np.uint8)
    distances = np.arange(256, dtype=np.uint8)[:, np.newaxis] - whole
    return whole[distances.argmin(axis=1)]


# %% chaff: returns the index as argmin does
# says: indices
def nearest_level_table(levels):
    return np.abs(np.arange(256)[:, np.newaxis] - levels).argmin(axis=1)


# %% chaff: subtracts without a second axis
def nearest_level_table(levels):
    distances = np.abs(np.arange(256) - levels)
    return np.rint(levels[distances.argmin(axis=1)]).astype(np.uint8)


# %% wheat: painted from the farthest to the nearest
def nearest_level_table(levels):
    v = np.arange(256)
    order = np.argsort(np.abs(v - np.asarray(levels)[:, np.newaxis]), axis=0)
    return (np.take(levels, order[0]) + 0.5).astype(np.uint8)


# %% wheat: calls a helper of its own that is called encode
def nearest_level_table(levels):
    def encode(v):
        return min(range(len(levels)), key=lambda i: abs(levels[i] - v))

    return np.array([np.rint(levels[encode(v)]) for v in range(256)], dtype=np.uint8)


# %% slip: Find the nearest level first, then round it. | rounds first, the higher level on a tie
# says: find the nearest level first
def nearest_level_table(levels):
    whole = np.rint(np.sort(levels))[::-1]
    distances = np.abs(np.arange(256)[:, np.newaxis] - whole)
    return whole[distances.argmin(axis=1)].astype(np.uint8)


# %% slip: The levels may come in any order. | expects them sorted
def nearest_level_table(levels):
    borders = (levels[1:] + levels[:-1]) / 2
    return np.rint(levels[np.searchsorted(borders, np.arange(256))]).astype(np.uint8)


# %% slip: The levels may come in any order. | walks up from the first level
def nearest_level_table(levels):
    table, i = np.zeros(256, dtype=np.uint8), 0
    for v in range(256):
        while i + 1 < len(levels) and abs(levels[i + 1] - v) < abs(levels[i] - v):
            i += 1
        table[v] = np.rint(levels[i])
    return table


# %% slip: The table is `uint8`. | a list
# says: np\.array
def nearest_level_table(levels):
    return [int(np.rint(min(levels, key=lambda level: abs(level - v)))) for v in range(256)]


# %% slip: The table is `uint8`. | whole numbers of 64 bits
# says: uint8
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin(axis=1)]).astype(int)


# %% chaff: an entry for each level
# says: 256 intensities
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin(axis=0) % len(levels)]).astype(np.uint8)


# %% chaff: argmin without an axis
# says: axis
def nearest_level_table(levels):
    distances = np.abs(np.arange(256)[:, np.newaxis] - levels)
    return np.rint(levels[distances.argmin()]).astype(np.uint8)


# %% chaff: returns inside the loop
# says: return line
def nearest_level_table(levels):
    for v in range(256):
        return np.uint8(np.rint(levels[np.abs(v - levels).argmin()]))
