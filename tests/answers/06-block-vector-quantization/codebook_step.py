# %% wheat: a loop over the codewords that have blocks
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].mean(axis=0)
    return moved


# %% wheat: a loop over all codewords, as a list of arrays
def codebook_step(blocks, codebook, indices):
    moved = []
    for i in range(len(codebook)):
        own = blocks[np.asarray(indices) == i]
        moved.append(own.mean(axis=0) if len(own) else codebook[i])
    return moved


# %% wheat: sums and counts
def codebook_step(blocks, codebook, indices):
    k = len(codebook)
    counts = np.bincount(indices, minlength=k)
    sums = np.zeros(codebook.shape)
    np.add.at(sums, indices, blocks)
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], codebook)


# %% wheat: plain lists
def codebook_step(blocks, codebook, indices):
    groups = [[] for _ in codebook]
    for block, i in zip(blocks.tolist(), indices.tolist()):
        groups[i].append(block)
    return [
        [sum(entries) / len(group) for entries in zip(*group)] if group else codeword.tolist()
        for group, codeword in zip(groups, codebook)
    ]


# %% wheat: a matrix of memberships
def codebook_step(blocks, codebook, indices):
    member = (np.asarray(indices) == np.arange(len(codebook))[:, None]).astype(float)
    with np.errstate(all="ignore"):
        means = member @ blocks / member.sum(axis=1, keepdims=True)
    empty = member.sum(axis=1) == 0
    means[empty] = codebook[empty]
    return means


# %% wheat: one bincount for each entry, in float32
def codebook_step(blocks, codebook, indices):
    k = len(codebook)
    counts = np.bincount(indices, minlength=k)
    columns = [np.bincount(indices, column, minlength=k) for column in blocks.T]
    moved = codebook.astype(np.float32)
    used = counts > 0
    moved[used] = (np.array(columns).T[used] / counts[used, None]).astype(np.float32)
    return moved


# %% wheat: divides by zero, warns, and mends it
def codebook_step(blocks, codebook, indices):
    means = np.array([blocks[indices == i].mean(axis=0) for i in range(len(codebook))])
    return np.where(np.isnan(means), codebook, means)


# %% slip: each codeword moves to the mean of the blocks whose index it is | the nearest blocks
# says: do not look for the nearest again
def codebook_step(blocks, codebook, indices):
    nearest = ((blocks[:, None] - codebook) ** 2).sum(axis=2).argmin(axis=1)
    moved = codebook.copy()
    for i in np.unique(nearest):
        moved[i] = blocks[nearest == i].mean(axis=0)
    return moved


# %% slip: each codeword moves to the mean of the blocks whose index it is | the median
# says: medians
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = np.median(blocks[indices == i], axis=0)
    return moved


# %% slip: Keep the decimals | rounds
# says: keep the decimals
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = np.rint(blocks[indices == i].mean(axis=0))
    return moved


# %% slip: Keep the decimals | puts the means into integers
# says: decimals|is expected
def codebook_step(blocks, codebook, indices):
    moved = np.zeros(codebook.shape, dtype=int)
    for i in range(len(codebook)):
        own = blocks[indices == i]
        moved[i] = own.mean(axis=0) if len(own) else codebook[i]
    return moved


# %% slip: A codeword without blocks stays where it is | becomes 0
# says: stays where it is
def codebook_step(blocks, codebook, indices):
    moved = np.zeros(codebook.shape)
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].mean(axis=0)
    return moved


# %% slip: A codeword without blocks stays where it is | becomes nan
# says: stays where it is
def codebook_step(blocks, codebook, indices):
    return np.array([blocks[indices == i].mean(axis=0) for i in range(len(codebook))])


# %% slip: A codeword without blocks stays where it is | is left out
# says: is not left out
def codebook_step(blocks, codebook, indices):
    return np.array([blocks[indices == i].mean(axis=0) for i in np.unique(indices)])


# %% slip: A codeword without blocks stays where it is | moves to a block
# says: stays where it is
def codebook_step(blocks, codebook, indices):
    moved = np.empty(codebook.shape)
    for i in range(len(codebook)):
        own = blocks[indices == i]
        moved[i] = own.mean(axis=0) if len(own) else blocks[0]
    return moved


# %% chaff (visible): sums
# says: these are sums
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].astype(float).sum(axis=0)
    return moved


# %% chaff (visible): one mean over all entries
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].mean()
    return moved


# %% chaff (visible): one number for each codeword
# says: axis=0
def codebook_step(blocks, codebook, indices):
    return np.array(
        [blocks[indices == i].mean() if (indices == i).any() else 0 for i in range(len(codebook))]
    )


# %% chaff (visible): changes the codebook in place
# says: changes its input
def codebook_step(blocks, codebook, indices):
    for i in np.unique(indices):
        codebook[i] = blocks[indices == i].mean(axis=0)
    return codebook


# %% chaff (visible): returns nothing
# says: returns nothing
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].mean(axis=0)


# %% chaff (visible): uint8 wraps in the sums
# says: is expected
def codebook_step(blocks, codebook, indices):
    sums = np.zeros(codebook.shape, dtype=np.uint8)
    counts = np.zeros(len(codebook))
    for block, i in zip(blocks, indices):
        sums[i] += block
        counts[i] += 1
    moved = codebook.copy()
    moved[counts > 0] = sums[counts > 0] / counts[counts > 0, None]
    return moved


# %% chaff (visible): divides by the number of codewords
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].astype(float).sum(axis=0) / len(codebook)
    return moved


# %% chaff (visible): the last block of each codeword
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for block, i in zip(blocks, indices):
        moved[i] = block
    return moved


# %% chaff (visible): half of the way
# says: all the way
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = (moved[i] + blocks[indices == i].mean(axis=0)) / 2
    return moved


# %% chaff (visible): only codewords with two blocks or more move
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in range(len(codebook)):
        if (indices == i).sum() > 1:
            moved[i] = blocks[indices == i].mean(axis=0)
    return moved


# %% chaff (visible): the old place counts as one more block
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = np.vstack([codebook[i], blocks[indices == i]]).mean(axis=0)
    return moved


# %% chaff (visible): stops before the last codeword
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in range(len(codebook) - 1):
        if (indices == i).any():
            moved[i] = blocks[indices == i].mean(axis=0)
    return moved


# %% chaff (visible): returns before the loop ends
# says: is expected
def codebook_step(blocks, codebook, indices):
    moved = codebook.copy()
    for i in np.unique(indices):
        moved[i] = blocks[indices == i].mean(axis=0)
        return moved
