# %% wheat: takes the first largest total
def busiest_range(counts, width):
    totals = [counts[start : start + width].sum() for start in range(257 - width)]
    return int(np.argmax(totals))


# %% wheat: slides the window by one
def busiest_range(counts, width):
    values = counts.tolist()
    total = best = sum(values[:width])
    start = 0
    for i in range(width, 256):
        total += values[i] - values[i - width]
        if total > best:
            best, start = total, i - width + 1
    return start


# %% wheat: subtracts cumulated counts
def busiest_range(counts, width):
    below = np.concatenate([[0], np.cumsum(counts)])
    return np.argmax(below[width:] - below[:-width])


# %% wheat: convolves with ones
def busiest_range(counts, width):
    return np.convolve(counts, np.ones(width), mode="valid").argmax()


# %% wheat: looks through windows and returns a float
from numpy.lib.stride_tricks import sliding_window_view


def busiest_range(counts, width):
    return float(sliding_window_view(counts, width).mean(axis=-1).argmax())


# %% wheat: asks max for the first best start
def busiest_range(counts, width):
    return max(range(256 - width + 1), key=lambda start: sum(counts[start : start + width]))


# %% wheat: lets runs stick out at the end, where they only lose
def busiest_range(counts, width):
    best, best_total = 0, -1
    for start in range(256):
        total = 0
        for v in range(start, min(start + width, 256)):
            total += counts[v]
        if total > best_total:
            best, best_total = start, total
    return best


# %% wheat: sorts by total and start
def busiest_range(counts, width):
    runs = [(-int(counts[i : i + width].sum()), i) for i in range(257 - width)]
    return sorted(runs)[0][1]


# %% wheat: goes from the right and keeps what ties
def busiest_range(counts, width):
    start = 256 - width
    for i in range(256 - width, -1, -1):
        if np.sum(counts[i : i + width]) >= np.sum(counts[start : start + width]):
            start = i
    return start


# %% wheat: asks a dictionary of totals, and NumPy for the answer's type
def busiest_range(counts, width):
    totals = {start: counts[start : start + width].sum() for start in range(257 - width)}
    best = max(totals.values())
    return np.int16(min(start for start, total in totals.items() if total == best))


# %% wheat: multiplies by a matrix of windows
def busiest_range(counts, width):
    starts = np.arange(257 - width)[:, np.newaxis]
    inside = (np.arange(256) >= starts) & (np.arange(256) < starts + width)
    return np.argmax(inside @ counts)


# %% chaff: takes the last on a tie
def busiest_range(counts, width):
    best, start = -1, 0
    for i in range(257 - width):
        total = counts[i : i + width].sum()
        if total >= best:
            best, start = total, i
    return start


# %% chaff: never tries the last run
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(max(256 - width, 1))]
    return int(np.argmax(totals))


# %% chaff: has no run for width 256
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(256 - width)]
    return int(np.argmax(totals))


# %% chaff: returns the end
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(257 - width)]
    return int(np.argmax(totals)) + width - 1


# %% chaff: returns the end after the last
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(257 - width)]
    return int(np.argmax(totals)) + width


# %% chaff: returns the middle
def busiest_range(counts, width):
    return int(np.convolve(counts, np.ones(width), mode="same").argmax())


# %% chaff: returns the total
def busiest_range(counts, width):
    return max(counts[i : i + width].sum() for i in range(257 - width))


# %% chaff: returns start and end
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(257 - width)]
    start = int(np.argmax(totals))
    return start, start + width - 1


# %% chaff: goes on at 0 after 255
def busiest_range(counts, width):
    around = np.concatenate([counts, counts[: width - 1]])
    return int(np.convolve(around, np.ones(width), mode="valid").argmax())


# %% chaff: takes the most frequent intensity
def busiest_range(counts, width):
    return int(np.argmax(counts))


# %% chaff: centers on the most frequent intensity
def busiest_range(counts, width):
    return int(np.clip(np.argmax(counts) - width // 2, 0, 256 - width))


# %% chaff: tries every width-th start only
def busiest_range(counts, width):
    starts = range(0, 257 - width, width)
    return max(starts, key=lambda i: counts[i : i + width].sum())


# %% chaff: takes runs of width plus one
def busiest_range(counts, width):
    totals = [counts[i : i + width + 1].sum() for i in range(257 - width)]
    return int(np.argmax(totals))


# %% chaff: adds up in 8 bits
def busiest_range(counts, width):
    small = counts.astype(np.uint8)
    totals = [small[i : i + width].sum(dtype=np.uint8) for i in range(257 - width)]
    return int(np.argmax(totals))


# %% chaff: adds up in 16 bits
def busiest_range(counts, width):
    totals = [
        counts[i : i + width].astype(np.int16).sum(dtype=np.int16) for i in range(257 - width)
    ]
    return int(np.argmax(totals))


# %% chaff: takes the run with the largest single count
def busiest_range(counts, width):
    return max(range(257 - width), key=lambda i: counts[i : i + width].max())


# %% chaff: takes the run with the smallest total
def busiest_range(counts, width):
    return min(range(257 - width), key=lambda i: counts[i : i + width].sum())


# %% chaff: ignores the width
def busiest_range(counts, width):
    totals = [counts[i : i + 64].sum() for i in range(193)]
    return int(np.argmax(totals))


# %% chaff: starts at 1
def busiest_range(counts, width):
    return max(range(min(1, 256 - width), 257 - width), key=lambda i: counts[i : i + width].sum())


# %% chaff: takes windows of width minus one
def busiest_range(counts, width):
    totals = [counts[i : i + width - 1].sum() for i in range(257 - width)]
    return int(np.argmax(totals))


# %% chaff: cumulates without a 0 in front
def busiest_range(counts, width):
    below = np.cumsum(counts)
    return int(np.argmax(below[width:] - below[:-width])) if width < 256 else 0


# %% chaff (visible): compares with a best total that begins too high
# says: 102|100
def busiest_range(counts, width):
    best, start = counts.max() + 1, 0
    for i in range(257 - width):
        if counts[i : i + width].sum() > best:
            best, start = counts[i : i + width].sum(), i
    return start


# %% chaff (visible): returns inside the loop
def busiest_range(counts, width):
    best, start = -1, 0
    for i in range(257 - width):
        if counts[i : i + width].sum() > best:
            best, start = counts[i : i + width].sum(), i
        return start


# %% slip: Return the first intensity of the window with the largest total | returns the last one
# says: return where it starts
def busiest_range(counts, width):
    totals = [sum(counts[i : i + width]) for i in range(257 - width)]
    return totals.index(max(totals)) + width - 1


# %% slip: Return the first intensity of the window with the largest total | returns the total
# says: is the total
def busiest_range(counts, width):
    return np.convolve(counts, np.ones(width), "valid").max()


# %% slip: If several windows have the same total, return the smallest first intensity | the largest
# says: smaller start
def busiest_range(counts, width):
    return max(range(257 - width), key=lambda i: (sum(counts[i : i + width]), i))


# %% slip: The window stays within 0 to 255 | goes on at 0
# says: must end at 255
def busiest_range(counts, width):
    totals = [np.roll(counts, -i)[:width].sum() for i in range(256)]
    return int(np.argmax(totals))


# %% slip: The window stays within 0 to 255 | ends one too early
# says: the last window starts
def busiest_range(counts, width):
    totals = [counts[i : i + width].sum() for i in range(255 - width)] or [0]
    return int(np.argmax(totals))


# %% slip: The window stays within 0 to 255 | goes on at 0, and moves the start back
# says: does not go on at 0
def busiest_range(counts, width):
    twice = np.concatenate([counts, counts])
    totals = [twice[start : start + width].sum() for start in range(256)]
    return min(256 - width, int(np.argmax(totals)))
