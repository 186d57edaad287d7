# %% wheat: argmin and bincount
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% wheat: divides by zero and repairs
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.argmin((v - levels[:, np.newaxis]) ** 2, axis=0)
    members = np.array([counts[nearest == i].sum() for i in range(len(levels))])
    sums = np.array([(counts * v)[nearest == i].sum() for i in range(len(levels))])
    means = sums / members
    return np.where(np.isnan(means), levels, means)


# %% wheat: plain loops
def lloyd_step(counts, levels):
    sums, members = [0] * len(levels), [0] * len(levels)
    for v in range(256):
        best = 0
        for i in range(1, len(levels)):
            if abs(levels[i] - v) < abs(levels[best] - v):
                best = i
        sums[best] += v * int(counts[v])
        members[best] += int(counts[v])
    return [s / m if m else level for s, m, level in zip(sums, members, levels)]


# %% wheat: a copy and np.average
def lloyd_step(counts, levels):
    v = np.arange(256)
    new_levels = np.array(levels, dtype=float)
    nearest = np.argmin(np.abs(v[:, None] - new_levels), axis=1)
    for i in range(len(new_levels)):
        mine = nearest == i
        if counts[mine].sum() > 0:
            new_levels[i] = np.average(v[mine], weights=counts[mine])
    return new_levels


# %% wheat: a new row of intensities for each count
def lloyd_step(counts, levels):
    values = np.repeat(np.arange(256), counts)
    owner = np.array([min(range(len(levels)), key=lambda i: abs(levels[i] - v)) for v in values])
    return np.array(
        [values[owner == i].mean() if np.any(owner == i) else levels[i] for i in range(len(levels))]
    )


# %% wheat: a matrix of members
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(np.subtract.outer(v, levels)).argmin(axis=1)
    member = (nearest[:, None] == np.arange(len(levels))) * counts[:, None]
    total = member.sum(axis=0)
    return np.divide(v @ member, total, out=levels.astype(float), where=total > 0)


# %% wheat: single precision
def lloyd_step(counts, levels):
    v = np.arange(256, dtype=np.float32)
    nearest = np.abs(v[:, None] - levels.astype(np.float32)).argmin(axis=1)
    result = levels.astype(np.float32)
    for i in set(nearest[counts > 0]):
        mine = nearest == i
        result[i] = (counts[mine] * v[mine]).sum() / counts[mine].sum()
    return result


# %% wheat: a dictionary of groups
def lloyd_step(counts, levels):
    groups = {}
    for v in np.flatnonzero(counts):
        distances = [abs(level - v) for level in levels]
        groups.setdefault(distances.index(min(distances)), []).append(v)
    result = list(levels)
    for i, group in groups.items():
        result[i] = sum(v * counts[v] for v in group) / sum(counts[v] for v in group)
    return np.array(result)


# %% chaff: forgets the counts
def lloyd_step(counts, levels):
    v = np.flatnonzero(counts)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    return np.array(
        [v[nearest == i].mean() if np.any(nearest == i) else levels[i] for i in range(len(levels))]
    )


# %% chaff: a mean of all intensities of the bin
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    return np.array(
        [v[nearest == i].mean() if np.any(nearest == i) else levels[i] for i in range(len(levels))]
    )


# %% slip: A level to which nobody came stays where it is. | it becomes nan
# says: stays where it is
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    return np.bincount(nearest, weights=counts * v, minlength=len(levels)) / members


# %% slip: A level to which nobody came stays where it is. | it falls to zero
# says: stays where it is
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    return np.bincount(nearest, weights=counts * v, minlength=len(levels)) / np.maximum(members, 1)


# %% slip: A level to which nobody came stays where it is. | it is left out
# says: stays where it is
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    used = [i for i in range(len(levels)) if counts[nearest == i].sum()]
    return np.array([np.average(v[nearest == i], weights=counts[nearest == i]) for i in used])


# %% slip: An intensity between two equally near levels goes to the one with the lower index. | to the higher one
# says: lower index
def lloyd_step(counts, levels):
    v = np.arange(256)
    distances = np.abs(v[:, np.newaxis] - levels)[:, ::-1]
    nearest = len(levels) - 1 - distances.argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% slip: Keep the order of the levels, and do not round them. | sorts them
# says: order
def lloyd_step(counts, levels):
    v, levels = np.arange(256), np.sort(levels)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% slip: Leave `counts` and `levels` as they are | moves the levels in place
# says: changes its input
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    for i in range(len(levels)):
        mine = nearest == i
        if counts[mine].sum():
            levels[i] = np.average(v[mine], weights=counts[mine])
    return levels


# %% chaff: moves a level before the next intensities are dealt out
def lloyd_step(counts, levels):
    v, levels = np.arange(256), levels.copy()
    for i in range(len(levels)):
        mine = np.abs(v[:, np.newaxis] - levels).argmin(axis=1) == i
        if counts[mine].sum():
            levels[i] = np.average(v[mine], weights=counts[mine])
    return levels


# %% slip: Keep the order of the levels, and do not round them. | rounds them
# says: do not round
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.rint(np.where(members > 0, sums / np.maximum(members, 1), levels))


# %% chaff: whole number division
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums // np.maximum(members, 1), levels)


# %% chaff: steps until nothing moves
# says: one step only
def lloyd_step(counts, levels):
    v = np.arange(256)
    for _ in range(100):
        nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
        members = np.bincount(nearest, weights=counts, minlength=len(levels))
        sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
        levels = np.where(members > 0, sums / np.maximum(members, 1), levels)
    return levels


# %% chaff: expects sorted levels
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, v)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% chaff: medians in place of means
def lloyd_step(counts, levels):
    values = np.repeat(np.arange(256), counts)
    nearest = np.abs(values[:, np.newaxis] - levels).argmin(axis=1)
    return np.array(
        [
            np.median(values[nearest == i]) if np.any(nearest == i) else levels[i]
            for i in range(len(levels))
        ]
    )


# %% chaff: returns the levels as they came
def lloyd_step(counts, levels):
    return levels.copy()


# %% chaff: starts to count at 1
def lloyd_step(counts, levels):
    v = np.arange(1, 257)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% chaff: compares a rounded table with levels that are not rounded
def lloyd_step(counts, levels):
    v, out = np.arange(256), levels.copy()
    table = np.rint(levels)[np.abs(v[:, np.newaxis] - levels).argmin(axis=1)]
    for i, level in enumerate(levels):
        mine = table == level
        if counts[mine].sum():
            out[i] = (v * counts)[mine].sum() / counts[mine].sum()
    return out


# %% chaff: takes levels that are rounded alike for one
def lloyd_step(counts, levels):
    v, out = np.arange(256), levels.copy()
    table = np.rint(levels)[np.abs(v[:, np.newaxis] - levels).argmin(axis=1)]
    for i, level in enumerate(levels):
        mine = table == np.rint(level)
        if counts[mine].sum():
            out[i] = (v * counts)[mine].sum() / counts[mine].sum()
    return out


# %% chaff: takes a mean of all intensities between the borders and leaves out empty levels
def lloyd_step(counts, levels):
    v = np.arange(256)
    near = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    return np.array([v[near == i].mean() for i in range(len(levels))])


# %% chaff: takes the mean of the counts
def lloyd_step(counts, levels):
    near = np.abs(np.arange(256)[:, np.newaxis] - levels).argmin(axis=1)
    return np.array([counts[near == i].mean() for i in range(len(levels))])


# %% chaff: averages an empty group
def lloyd_step(counts, levels):
    v = np.arange(256)
    near = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    groups = [near == i for i in range(len(levels))]
    return np.array([np.average(v[mine], weights=counts[mine]) for mine in groups])


# %% chaff: lets scikit-learn take one step and move empty levels
from sklearn.cluster import KMeans


def lloyd_step(counts, levels):
    column = np.repeat(np.arange(256.0), counts).reshape(-1, 1)
    model = KMeans(len(levels), init=levels.reshape(-1, 1), n_init=1, max_iter=1).fit(column)
    return model.cluster_centers_.ravel()


# %% wheat: sums by np.add.at
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = ((v - np.asarray(levels)[:, None]) ** 2).argmin(axis=0)
    sums, members = np.zeros(len(levels)), np.zeros(len(levels))
    np.add.at(sums, nearest, v * counts)
    np.add.at(members, nearest, counts)
    moved = np.array(levels, dtype=float)
    moved[members > 0] = sums[members > 0] / members[members > 0]
    return moved


# %% slip: A level to which nobody came stays where it is. | it moves to the mean of all
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), (counts * v).sum() / counts.sum())


# %% slip: A level to which nobody came stays where it is. | it moves to the middle of its empty range
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    result = levels.copy()
    for i in range(len(levels)):
        mine = nearest == i
        if mine.any():
            result[i] = np.average(v[mine], weights=counts[mine] + 1e-12)
    return result


# %% slip: Keep the order of the levels, and do not round them. | cuts decimals off
# says: decimals
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    sums = np.bincount(nearest, weights=counts * v, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels).astype(int)


# %% slip: Leave `counts` and `levels` as they are | weighs the counts in place
# says: changes its input
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    members = np.bincount(nearest, weights=counts, minlength=len(levels))
    counts *= v
    sums = np.bincount(nearest, weights=counts, minlength=len(levels))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


# %% chaff (visible): stops before 255
# says: 255
def lloyd_step(counts, levels):
    result = levels.copy()
    sums, members = np.zeros(len(levels)), np.zeros(len(levels))
    for v in range(255):
        i = np.abs(v - levels).argmin()
        sums[i] += v * counts[v]
        members[i] += counts[v]
    for i in range(len(levels)):
        if members[i]:
            result[i] = sums[i] / members[i]
    return result


# %% chaff: the sums, not divided
# says: divide
def lloyd_step(counts, levels):
    v = np.arange(256)
    nearest = np.abs(v[:, np.newaxis] - levels).argmin(axis=1)
    return np.bincount(nearest, weights=counts * v, minlength=len(levels))


# %% slip: An intensity between two equally near levels goes to the one with the lower index. | kq.encode gives it to the lower level
# says: the lower index gets it, not the lower level
def lloyd_step(counts, levels):
    every = np.arange(256)
    nearest = kq.encode(every.reshape(-1, 1), levels.reshape(-1, 1))
    moved = levels.astype(float)
    for i in set(nearest.tolist()):
        weights = counts[nearest == i]
        if weights.sum():
            moved[i] = np.dot(every[nearest == i], weights) / weights.sum()
    return moved


# %% slip: A level to which nobody came stays where it is. | it is rounded
# says: stays where it is
def lloyd_step(counts, levels):
    every = np.arange(256)
    nearest = np.abs(every[:, None] - levels).argmin(axis=1)
    moved = np.rint(levels)
    for i in range(len(levels)):
        mine = nearest == i
        if counts[mine].sum():
            moved[i] = (every[mine] * counts[mine]).sum() / counts[mine].sum()
    return moved
