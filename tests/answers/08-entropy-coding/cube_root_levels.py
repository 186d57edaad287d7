# %% wheat: np.interp on the running sum, with intensities of width 1
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    shares = (np.arange(k) + 0.5) / k
    return np.interp(shares * heights[-1], heights, np.arange(257) - 0.5)


# %% wheat: whole intensities, by searchsorted
def cube_root_levels(counts, k):
    heights = np.cumsum(np.cbrt(counts))
    return np.searchsorted(heights, (np.arange(k) + 0.5) / k * heights[-1])


# %% wheat: whole intensities, from the other side of a flat
def cube_root_levels(counts, k):
    heights = np.cumsum(counts ** (1 / 3))
    return np.searchsorted(heights, (np.arange(k) + 0.5) / k * heights[-1], side="right")


# %% wheat: a list, by a walk along the intensities
def cube_root_levels(counts, k):
    roots = [int(count) ** (1 / 3) for count in counts]
    total, levels, v, before = sum(roots), [], 0, 0.0
    for i in range(k):
        goal = (i + 0.5) / k * total
        while before + roots[v] < goal - 1e-12:
            before += roots[v]
            v += 1
        levels.append(v - 0.5 + (goal - before) / roots[v] if roots[v] else float(v))
    return levels


# %% wheat: intensities without width, joined by straight lines
def cube_root_levels(counts, k):
    heights = np.cumsum(np.cbrt(counts / counts.sum()))
    return np.interp((np.arange(k) + 0.5) / k, heights / heights[-1], np.arange(256))


# %% wheat: the middle of each flat
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    goals = (np.arange(k) + 0.5) / k * heights[-1]
    left = np.interp(goals - 1e-7 * heights[-1], heights, np.arange(257) - 0.5)
    right = np.interp(goals + 1e-7 * heights[-1], heights, np.arange(257) - 0.5)
    return (left + right) / 2


# %% wheat: quantiles of many fine points
def cube_root_levels(counts, k):
    places = (np.arange(256 * 50) + 0.5) / 50 - 0.5
    heights = np.cumsum(np.repeat(np.cbrt(counts), 50))
    first = np.searchsorted(heights, (np.arange(k) + 0.5) / k * heights[-1])
    return places[np.minimum(first, len(places) - 1)].astype(np.float32)


# %% wheat: rounded to intensities
def cube_root_levels(counts, k):
    heights = np.concatenate([[0.0], np.cumsum(np.cbrt(counts))])
    goals = np.linspace(0, heights[-1], 2 * k + 1)[1::2]
    return np.rint(np.interp(goals, heights, np.arange(257) - 0.5)).astype(int)


# %% wheat: by the intensities that occur only
def cube_root_levels(counts, k):
    v = np.flatnonzero(counts)
    roots = np.cbrt(counts[v])
    ends = np.cumsum(roots)
    goals = (np.arange(k) + 0.5) * ends[-1] / k
    i = np.minimum(np.searchsorted(ends, goals), len(v) - 1)
    return v[i] - 0.5 + (goals - (ends[i] - roots[i])) / roots[i]


# %% chaff (visible): equal shares of the mass
# says: not of their cube roots
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(counts)])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): square roots
# says: square roots
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.sqrt(counts))])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): the third power
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(counts.astype(float) ** 3)])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): a third of the counts
# says: not of their cube roots
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(counts**1 / 3)])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): the cube root of the running sum
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cbrt(np.cumsum(counts))])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): equal bins
# says: equal bins
def cube_root_levels(counts, k):
    return (np.arange(k) + 0.5) * 255 / k


# %% chaff (visible): all intensities that occur weigh the same
# says: weighs
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(counts > 0)])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): the left end of each share
# says: middle
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    return np.interp(np.arange(k) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): from the lowest to the highest intensity
# says: middle
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    return np.interp(np.linspace(0, 1, k) * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): descending
# says: lowest
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    shares = (np.arange(k)[::-1] + 0.5) / k
    return np.interp(shares * heights[-1], heights, np.arange(257) - 0.5)


# %% chaff (visible): shares, not intensities
# says: shares
def cube_root_levels(counts, k):
    return (np.arange(k) + 0.5) / k


# %% chaff (visible): the heights of C
# says: heights
def cube_root_levels(counts, k):
    return (np.arange(k) + 0.5) / k * np.cbrt(counts).sum()


# %% chaff (visible): the intensities with the largest roots
def cube_root_levels(counts, k):
    return np.sort(np.argsort(np.cbrt(counts))[-k:])


# %% chaff (visible): the best levels
def cube_root_levels(counts, k):
    return kq.learn(np.repeat(np.arange(256), counts)[:, np.newaxis], k)[:, 0]


# %% chaff (visible): equal levels merged
def cube_root_levels(counts, k):
    heights = np.cumsum(np.cbrt(counts))
    return np.unique(np.searchsorted(heights, (np.arange(k) + 0.5) / k * heights[-1]))


# %% chaff (visible): stretched to the highest intensity
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    levels = np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)
    return levels * 1.02


# %% slip: the cube root of the counts | the logarithm
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.log1p(counts))])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% slip: the middle of each share | the right end
# says: middle
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    return np.interp((np.arange(k) + 1) / k * heights[-1], heights, np.arange(257) - 0.5)


# %% slip: the middle of each share | k inner points
# says: middle
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    shares = np.arange(1, k + 1) / (k + 1)
    return np.interp(shares * heights[-1], heights, np.arange(257) - 0.5)


# %% slip: ascending | shuffled
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    levels = np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)
    return np.roll(levels, 1)


# %% chaff (visible): the last intensity is left out
def cube_root_levels(counts, k):
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts[:255]))])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(256) - 0.5)


# %% chaff (visible): the package's own
# says: share_levels
def cube_root_levels(counts, k):
    return kq.share_levels(counts, k, 1 / 3)
