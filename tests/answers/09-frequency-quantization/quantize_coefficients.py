# %% wheat: rint
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.ravel()).astype(int)


# %% wheat: blocks of 8 × 8
def quantize_coefficients(coefficients, table):
    blocks = coefficients.reshape(-1, 8, 8)
    return np.round(blocks / table).astype(np.int16).reshape(-1, 64)


# %% wheat: a half goes up
def quantize_coefficients(coefficients, table):
    return np.floor(coefficients / table.reshape(64) + 0.5).astype(np.int32)


# %% wheat: a half away from zero
def quantize_coefficients(coefficients, table):
    quotient = coefficients / np.ravel(table)
    return (np.sign(quotient) * np.floor(abs(quotient) + 0.5)).astype(np.int64)


# %% wheat: a half toward zero
def quantize_coefficients(coefficients, table):
    quotient = coefficients / np.ravel(table)
    return (np.sign(quotient) * np.ceil(abs(quotient) - 0.5)).astype(int)


# %% wheat: loops and round
def quantize_coefficients(coefficients, table):
    result = np.zeros(coefficients.shape, dtype=int)
    for row in range(coefficients.shape[0]):
        for column in range(64):
            step = table[column // 8, column % 8]
            result[row, column] = round(coefficients[row, column] / step)
    return result


# %% chaff (visible): cut off
# says: cut decimals
def quantize_coefficients(coefficients, table):
    return (coefficients / table.ravel()).astype(int)


# %% chaff (visible): rounded down
# says: rounds down
def quantize_coefficients(coefficients, table):
    return (coefficients // table.ravel()).astype(int)


# %% chaff (visible): rounded up
def quantize_coefficients(coefficients, table):
    return np.ceil(coefficients / table.ravel()).astype(int)


# %% chaff (visible): plus a half, cut off
# says: below 0
def quantize_coefficients(coefficients, table):
    return (coefficients / table.ravel() + 0.5).astype(int)


# %% chaff (visible): int8
# says: int8
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.ravel()).astype(int).astype(np.int8)


# %% chaff (visible): uint8
# says: negative
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.ravel()).astype(int).astype(np.uint8)


# %% chaff (visible): not divided
# says: divide
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients).astype(int)


# %% chaff (visible): the values that come back
# says: come back
def quantize_coefficients(coefficients, table):
    return (np.rint(coefficients / table.ravel()) * table.ravel()).astype(int)


# %% chaff (visible): one step for all
# says: own
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table[0, 0]).astype(int)


# %% chaff (visible): the mean step
# says: own
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.mean()).astype(int)


# %% chaff (visible): a table for each 8 columns
def quantize_coefficients(coefficients, table):
    steps = np.tile(table[0], 8)
    return np.rint(coefficients / steps).astype(int)


# %% chaff (visible): multiplied
# says: multiply
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients * table.ravel()).astype(int)


# %% chaff (visible): whole steps only
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.astype(int).ravel()).astype(int)


# %% chaff (visible): clipped to a byte
def quantize_coefficients(coefficients, table):
    return np.clip(np.rint(coefficients / table.ravel()), -128, 127).astype(int)


# %% slip: an integer array | floats
# says: integer array
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.ravel())


# %% slip: row by row | column by column
# says: mixed
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients / table.T.ravel()).astype(int)


# %% slip: rounded to the nearest | a dead zone
def quantize_coefficients(coefficients, table):
    quotient = coefficients / table.ravel()
    return (np.sign(quotient) * np.floor(abs(quotient) + 0.4)).astype(int)


# %% slip: of the shape of the coefficients | blocks
def quantize_coefficients(coefficients, table):
    return np.rint(coefficients.reshape(-1, 8, 8) / table).astype(int)


# %% chaff (visible): divided in place
# says: in place
def quantize_coefficients(coefficients, table):
    coefficients /= table.ravel()
    return np.rint(coefficients).astype(int)


# %% wheat: single precision
def quantize_coefficients(coefficients, table):
    quotient = coefficients.astype(np.float32) / table.ravel().astype(np.float32)
    return np.rint(quotient).astype(np.int32)
