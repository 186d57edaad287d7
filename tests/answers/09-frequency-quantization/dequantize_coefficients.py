# %% wheat: a product
def dequantize_coefficients(quantized, table):
    return quantized * table.ravel()


# %% wheat: floats, in blocks
def dequantize_coefficients(quantized, table):
    return (quantized.reshape(-1, 8, 8).astype(float) * table).reshape(-1, 64)


# %% wheat: a list of lists
def dequantize_coefficients(quantized, table):
    steps = table.ravel().tolist()
    return [[q * step for q, step in zip(row, steps)] for row in quantized.tolist()]


# %% wheat: a diagonal matrix
def dequantize_coefficients(quantized, table):
    return quantized @ np.diag(table.ravel())


# %% wheat: column by column
def dequantize_coefficients(quantized, table):
    result = np.empty(quantized.shape)
    for i in range(64):
        result[:, i] = quantized[:, i] * table[i // 8, i % 8]
    return result


# %% wheat: einsum, float32
def dequantize_coefficients(quantized, table):
    return np.einsum("mi,i->mi", quantized, table.reshape(-1)).astype(np.float32)


# %% chaff (visible): divided
# says: do not divide
def dequantize_coefficients(quantized, table):
    return quantized / table.ravel()


# %% chaff (visible): nothing done
# says: multiply
def dequantize_coefficients(quantized, table):
    return quantized.astype(float)


# %% chaff (visible): one step for all
# says: own
def dequantize_coefficients(quantized, table):
    return quantized * table[0, 0]


# %% chaff (visible): the mean step
# says: own
def dequantize_coefficients(quantized, table):
    return quantized * table.mean()


# %% chaff (visible): half a step more
# says: half
def dequantize_coefficients(quantized, table):
    return (quantized + 0.5) * table.ravel()


# %% chaff (visible): int8
def dequantize_coefficients(quantized, table):
    return (quantized * table.ravel()).astype(int).astype(np.int8)


# %% chaff (visible): clipped to intensities
def dequantize_coefficients(quantized, table):
    return np.clip(quantized * table.ravel(), 0, 255)


# %% chaff (visible): added
def dequantize_coefficients(quantized, table):
    return quantized + table.ravel()


# %% chaff (visible): a table for each 8 columns
def dequantize_coefficients(quantized, table):
    return quantized * np.tile(table[0], 8)


# %% chaff (visible): with 128
# says: 128
def dequantize_coefficients(quantized, table):
    return quantized * table.ravel() + 128


# %% chaff (visible): a matrix product
def dequantize_coefficients(quantized, table):
    return (quantized.reshape(-1, 8, 8) @ table).reshape(-1, 64)


# %% slip: keep the decimals | cut off
# says: decimals
def dequantize_coefficients(quantized, table):
    return (quantized * table.ravel()).astype(int)


# %% slip: keep the decimals | whole steps
def dequantize_coefficients(quantized, table):
    return quantized * table.astype(int).ravel()


# %% slip: row by row | column by column
# says: mixed
def dequantize_coefficients(quantized, table):
    return quantized * table.T.ravel()


# %% slip: of the shape of the indices | blocks
def dequantize_coefficients(quantized, table):
    return quantized.reshape(-1, 8, 8) * table


# %% slip: keep the decimals | one of them
# says: keep the decimals
def dequantize_coefficients(quantized, table):
    return np.round(quantized * table.ravel(), 1)


# %% chaff (visible): indices in an int8
# says: an int8 ends at 127
def dequantize_coefficients(quantized, table):
    return quantized.astype(np.int8) * table.ravel()
