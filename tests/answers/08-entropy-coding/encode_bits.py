# %% wheat: join
def encode_bits(indices, code):
    return "".join(code[i] for i in indices)


# %% wheat: a plain loop
def encode_bits(indices, code):
    bits = ""
    for i in indices:
        bits += code[i]
    return bits


# %% wheat: an array of strings
def encode_bits(indices, code):
    return "".join(np.array(code)[indices].tolist())


# %% wheat: a dictionary and map
def encode_bits(indices, code):
    table = dict(enumerate(code))
    return str.join("", map(table.__getitem__, indices.tolist()))


# %% wheat: sum of NumPy's strings
def encode_bits(indices, code):
    words = [np.str_(code[int(i)]) for i in indices]
    return np.str_("".join(words))


# %% wheat: a text stream
import io


def encode_bits(indices, code):
    stream = io.StringIO()
    for place in range(indices.size):
        stream.write(code[int(indices[place])])
    return stream.getvalue()


# %% chaff (visible): a list of codes
# says: join
def encode_bits(indices, code):
    return [code[i] for i in indices]


# %% chaff (visible): spaces between
# says: nothing between
def encode_bits(indices, code):
    return " ".join(code[i] for i in indices)


# %% chaff (visible): the last first
# says: first index
def encode_bits(indices, code):
    bits = ""
    for i in indices:
        bits = code[i] + bits
    return bits


# %% chaff (visible): the indices themselves
# says: the code of each
def encode_bits(indices, code):
    return "".join(str(i) for i in indices)


# %% chaff (visible): the last only
def encode_bits(indices, code):
    bits = ""
    for i in indices:
        bits = code[i]
    return bits


# %% chaff (visible): return in the loop
def encode_bits(indices, code):
    bits = ""
    for i in indices:
        bits += code[i]
        return bits
    return bits


# %% chaff (visible): each symbol once
def encode_bits(indices, code):
    return "".join(code[i] for i in np.unique(indices))


# %% chaff (visible): the whole code
def encode_bits(indices, code):
    return "".join(code)


# %% chaff (visible): a number
def encode_bits(indices, code):
    bits = "".join(code[i] for i in indices)
    return int(bits, 2) if bits else 0


# %% chaff (visible): bytes
def encode_bits(indices, code):
    return "".join(code[i] for i in indices).encode()


# %% chaff (visible): an array of bits
def encode_bits(indices, code):
    return np.array([int(bit) for i in indices for bit in code[i]], dtype=int)


# %% chaff (visible): the last index is left out
def encode_bits(indices, code):
    return "".join(code[indices[j]] for j in range(len(indices) - 1))


# %% chaff (visible): a fixed number of bits
def encode_bits(indices, code):
    width = max(len(word) for word in code)
    return "".join(format(i, f"0{width}b") for i in indices)


# %% chaff (visible): filled up to whole bytes
def encode_bits(indices, code):
    bits = "".join(code[i] for i in indices)
    return bits + "0" * (-len(bits) % 8)


# %% slip: one after the other | in order of the symbols
def encode_bits(indices, code):
    return "".join(code[i] for i in sorted(indices))


# %% slip: no indices | an error
def encode_bits(indices, code):
    bits = code[indices[0]]
    for i in indices[1:]:
        bits += code[i]
    return bits


# %% slip: no indices | None
def encode_bits(indices, code):
    if len(indices):
        return "".join(code[i] for i in indices)


# %% chaff (hidden): a uint8 numbers the symbols
def encode_bits(indices, code):
    return "".join(code[i] for i in indices.astype(np.uint8))
