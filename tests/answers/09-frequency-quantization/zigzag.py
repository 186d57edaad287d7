# %% wheat: sorted by antidiagonal
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array([row * n + column for row, column in places])


# %% wheat: a walk
def zigzag(n):
    row = column = 0
    order = []
    for _ in range(n * n):
        order.append(row * n + column)
        if (row + column) % 2 == 0:
            if column == n - 1:
                row += 1
            elif row == 0:
                column += 1
            else:
                row, column = row - 1, column + 1
        elif row == n - 1:
            column += 1
        elif column == 0:
            row += 1
        else:
            row, column = row + 1, column - 1
    return np.array(order, dtype=np.uint8)


# %% wheat: diagonals of a flipped table
def zigzag(n):
    table = np.arange(n * n).reshape(n, n)
    flipped = table[::-1]
    parts = [np.diagonal(flipped, d)[:: 1 if d % 2 == (n - 1) % 2 else -1] for d in range(1 - n, n)]
    fixed = []
    for s, part in enumerate(parts):
        part = np.sort(part)
        fixed.append(part if s % 2 else part[::-1])
    return np.concatenate(fixed)


# %% wheat: np.lexsort
def zigzag(n):
    row, column = np.indices((n, n)).reshape(2, -1)
    total = row + column
    return np.lexsort((np.where(total % 2, row, -row), total))


# %% wheat: two loops over sums and rows
def zigzag(n):
    order = []
    for s in range(2 * n - 1):
        rows = [r for r in range(n) if 0 <= s - r < n]
        if s % 2 == 0:
            rows = rows[::-1]
        order += [r * n + s - r for r in rows]
    return np.array(order, dtype=np.int16)


# %% wheat: the order of ranks, inverted
def zigzag(n):
    rank = np.zeros((n, n), dtype=int)
    count = 0
    for s in range(2 * n - 1):
        for i in range(n):
            row, column = (s - i, i) if s % 2 == 0 else (i, s - i)
            if 0 <= row < n and 0 <= column < n:
                rank[row, column] = count
                count += 1
    return np.argsort(rank.ravel())


# %% chaff (visible): the first step down
# says: right
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[1] if sum(at) % 2 else at[0]))
    return np.array([row * n + column for row, column in places])


# %% chaff (visible): row by row
# says: antidiagonals
def zigzag(n):
    return np.arange(n * n)


# %% chaff (visible): always downward
# says: other way
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0]))
    return np.array([row * n + column for row, column in places])


# %% chaff (visible): always upward
# says: other way
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[1]))
    return np.array([row * n + column for row, column in places])


# %% chaff (visible): rows to and fro
# says: rows
def zigzag(n):
    table = np.arange(n * n).reshape(n, n)
    table[1::2] = table[1::2, ::-1].copy()
    return table.ravel()


# %% chaff (visible): when each is visited
# says: which one is next
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.argsort([row * n + column for row, column in places])


# %% chaff (visible): pairs
# says: row \* n
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array(places)


# %% chaff (visible): a table
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array([row * n + column for row, column in places]).reshape(n, n)


# %% chaff (visible): positions from 1
# says: from 0
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array([row * n + column + 1 for row, column in places])


# %% chaff (visible): the upper half only
def zigzag(n):
    order = []
    for s in range(n):
        rows = range(s + 1) if s % 2 else range(s, -1, -1)
        order += [r * n + s - r for r in rows]
    return np.array(order)


# %% chaff (visible): the lower half turns the other way
def zigzag(n):
    order = []
    for s in range(2 * n - 1):
        rows = [r for r in range(n) if 0 <= s - r < n]
        if (s % 2 == 0) == (s < n):
            rows = rows[::-1]
        order += [r * n + s - r for r in rows]
    return np.array(order)


# %% chaff (visible): always 8
def zigzag(n):
    places = [(row, column) for row in range(8) for column in range(8)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array([row * 8 + column for row, column in places])


# %% slip: the first step goes to the right | down, by columns
# says: right
def zigzag(n):
    table = np.arange(n * n).reshape(n, n).T
    order = []
    for s in range(2 * n - 1):
        rows = [r for r in range(n) if 0 <= s - r < n]
        order += [table[r, s - r] for r in (rows if s % 2 else rows[::-1])]
    return np.array(order)


# %% slip: an integer array | floats
# says: integer array
def zigzag(n):
    places = [(row, column) for row in range(n) for column in range(n)]
    places.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return np.array([float(row * n + column) for row, column in places])


# %% chaff (visible): turned the wrong way in the lower half
# says: has \d+ at \[
def zigzag(n):
    row, column = np.divmod(np.arange(n * n), n)
    along = np.where(((row + column) % 2) ^ (row + column >= max(n, 6)), row, column)
    return np.lexsort((along, row + column))
