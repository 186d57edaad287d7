# %% wheat: a sorted list of groups
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% wheat: a heap
import heapq


def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=np.uint8)
    heap = [(count, i, (i,)) for i, count in enumerate(counts.tolist()) if count > 0]
    heapq.heapify(heap)
    if len(heap) == 1:
        lengths[heap[0][1]] = 1
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        for symbol in a[2] + b[2]:
            lengths[symbol] += 1
        heapq.heappush(heap, (a[0] + b[0], a[1], a[2] + b[2]))
    return lengths


# %% wheat: a tree, walked down
def huffman_lengths(counts):
    nodes = [(int(c), -i, i) for i, c in enumerate(counts) if c > 0]
    lengths = [0] * len(counts)
    if len(nodes) == 1:
        lengths[nodes[0][2]] = 1
    fresh = 1
    while len(nodes) > 1:
        nodes.sort(key=lambda node: node[:2], reverse=True)
        a, b = nodes.pop(), nodes.pop()
        nodes.append((a[0] + b[0], fresh, (a, b)))
        fresh += 1

    def walk(node, depth):
        if isinstance(node[2], tuple):
            for child in node[2]:
                walk(child, depth + 1)
        else:
            lengths[node[2]] = max(depth, 1)

    for node in nodes:
        walk(node, 0)
    return np.array(lengths, dtype=np.int64)


# %% wheat: two queues, ties the other way
from collections import deque


def huffman_lengths(counts):
    order = sorted((i for i in range(len(counts)) if counts[i] > 0), key=lambda i: (counts[i], -i))
    leaves = deque((int(counts[i]), [i]) for i in order)
    merged = deque()
    lengths = np.zeros(len(counts), np.int32)

    def smallest():
        if not leaves or (merged and merged[0][0] <= leaves[0][0]):
            return merged.popleft()
        return leaves.popleft()

    while len(leaves) + len(merged) > 1:
        a, b = smallest(), smallest()
        lengths[a[1] + b[1]] += 1
        merged.append((a[0] + b[0], a[1] + b[1]))
    if len(order) == 1:
        lengths[order[0]] = 1
    return lengths


# %% wheat: a matrix of who belongs together
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=np.int64)
    used = np.flatnonzero(counts)
    if len(used) == 1:
        lengths[used] = 1
        return lengths
    sums, members = counts[used].astype(float), np.eye(len(counts), dtype=bool)[used]
    while len(sums) > 1:
        i, j = np.argsort(sums, kind="stable")[:2]
        lengths += members[i] | members[j]
        sums[i] += sums[j]
        members[i] |= members[j]
        sums, members = np.delete(sums, j), np.delete(members, j, axis=0)
    return lengths


# %% wheat: by parents
def huffman_lengths(counts):
    n = len(counts)
    weight = [int(c) for c in counts]
    alive = [i for i in range(n) if weight[i]]
    parent = {}
    while len(alive) > 1:
        alive.sort(key=lambda i: weight[i])
        a, b, *alive = alive
        weight.append(weight[a] + weight[b])
        parent[a] = parent[b] = len(weight) - 1
        alive.append(len(weight) - 1)
    lengths = np.zeros(n, dtype=np.uint16)
    for i in range(n):
        node = i
        while node in parent:
            node = parent[node]
            lengths[i] += 1
        if weight[i] and not lengths[i]:
            lengths[i] = 1
    return lengths


# %% wheat: package-merge, a different algorithm
def huffman_lengths(counts):
    leaves = sorted((int(c), (i,)) for i, c in enumerate(counts) if c)
    lengths = np.zeros(len(counts), dtype=int)
    if len(leaves) < 2:
        lengths[[i for _, each in leaves for i in each]] = 1
        return lengths
    packages = []
    for _ in range(len(leaves)):
        row = sorted(leaves + packages, key=lambda p: p[0])
        packages = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(row[::2], row[1::2])]
    for _, members in packages[: len(leaves) - 1]:
        for i in members:
            lengths[i] += 1
    return lengths


# %% chaff (visible): log2 of the shares, rounded up
# says: rounded up
def huffman_lengths(counts):
    p = counts / max(counts.sum(), 1)
    lengths = np.ceil(-np.log2(np.where(p > 0, p, 1)))
    return np.where(counts > 0, np.maximum(lengths, 1), 0).astype(int)


# %% chaff (visible): the same for all
# says: shorter codes
def huffman_lengths(counts):
    n = int(np.count_nonzero(counts))
    return np.where(counts > 0, max((n - 1).bit_length(), 1), 0)


# %% chaff (visible): one, two, three
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    order = [i for i in np.argsort(-counts) if counts[i]]
    for rank, i in enumerate(order):
        lengths[i] = max(min(rank + 1, len(order) - 1), 1)
    return lengths


# %% chaff (visible): Fano's halves
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)

    def split(group):
        if len(group) < 2:
            return
        sums = np.cumsum(counts[group])
        cut = int(np.argmin(abs(2 * sums[:-1] - sums[-1]))) + 1
        lengths[group] += 1
        split(group[:cut])
        split(group[cut:])

    order = np.array([i for i in np.argsort(-counts, kind="stable") if counts[i]], dtype=int)
    split(order)
    if len(order) == 1:
        lengths[order] = 1
    return lengths


# %% chaff (visible): the two largest are merged
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort(reverse=True)
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% chaff (visible): sorted once, never again
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = sorted((int(count), [i]) for i, count in enumerate(counts) if count)
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [(a + b, first + second), *groups[2:]]
    return lengths


# %% chaff (visible): the merged group keeps the count of one
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort()
        (_, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (b, first + second)]
    return lengths


# %% chaff (visible): only the first of a group gets longer
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first[0]] += 1
        lengths[second[0]] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% chaff (visible): the last merge is left out
# says: last
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 2:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% chaff (visible): sorted lengths
# says: order
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    used = counts > 0
    lengths[used] = np.sort(lengths[used])
    return lengths


# %% chaff (visible): the codes themselves
def huffman_lengths(counts):
    groups = [(int(count), {i: ""}) for i, count in enumerate(counts) if count]
    while len(groups) > 1:
        groups.sort(key=lambda g: g[0])
        (a, x), (b, y) = groups[:2]
        merged = {s: "0" + c for s, c in x.items()} | {s: "1" + c for s, c in y.items()}
        groups = [*groups[2:], (a + b, merged)]
    return [groups[0][1].get(i, "") if groups else "" for i in range(len(counts))]


# %% slip: an integer array | floats
# says: integer array
def huffman_lengths(counts):
    lengths = np.zeros(len(counts))
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% slip: a symbol that never occurs gets the length 0 | it gets a code like the others
# says: never occurs
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    if not counts.any():
        return lengths
    groups = [(int(count), [i]) for i, count in enumerate(counts)]
    if np.count_nonzero(counts) == 1:
        return (counts > 0).astype(int)
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% slip: a symbol that never occurs gets the length 0 | all of none get 1
# says: never occurs
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    if len(groups) < 2:
        lengths[:] = 1 if not groups else (counts > 0)
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% slip: a symbol that never occurs gets the length 0 | none at all stops with an error
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    lengths[groups[0][1]] = np.maximum(lengths[groups[0][1]], 1)
    return lengths


# %% slip: where one symbol only occurs, its length is 1 | 0
# says: its length is 1
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts) if count]
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% slip: in the order of the counts | those that occur only
def huffman_lengths(counts):
    counts = counts[counts > 0]
    lengths = np.zeros(len(counts), dtype=int)
    groups = [(int(count), [i]) for i, count in enumerate(counts)]
    if len(groups) == 1:
        lengths[:] = 1
    while len(groups) > 1:
        groups.sort()
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% slip: the two with the smallest counts | merged groups are never merged before others
def huffman_lengths(counts):
    lengths = np.zeros(len(counts), dtype=int)
    groups = sorted((int(count), [i]) for i, count in enumerate(counts) if count)
    if len(groups) == 1:
        lengths[groups[0][1]] = 1
    while len(groups) > 1:
        (a, first), (b, second) = groups[:2]
        lengths[first + second] += 1
        groups = [*groups[2:], (a + b, first + second)]
    return lengths


# %% chaff (visible): the package's own
# says: code_lengths
def huffman_lengths(counts):
    return kq.code_lengths(counts).astype(int)
