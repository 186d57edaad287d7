# %% wheat: a dictionary, bit by bit
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% wheat: startswith, from the front
def decode_bits(bits, code):
    found = []
    while bits:
        for i, word in enumerate(code):
            if word and bits.startswith(word):
                found.append(i)
                bits = bits[len(word) :]
                break
        else:
            raise ValueError("no code fits")
    return np.asarray(found, dtype=np.int64)


# %% wheat: a tree
def decode_bits(bits, code):
    root = {}
    for i, word in enumerate(code):
        node = root
        for bit in word:
            node = node.setdefault(bit, {})
        if word:
            node["symbol"] = i
    node, found = root, np.zeros(len(bits), dtype=np.uint16)
    count = 0
    for bit in bits:
        if bit not in node:
            raise ValueError("no code begins like this")
        node = node[bit]
        if "symbol" in node:
            found[count] = node["symbol"]
            count += 1
            node = root
    if node is not root:
        raise ValueError("ends in the middle")
    return found[:count]


# %% wheat: a regular expression
import re


def decode_bits(bits, code):
    words = [word for word in code if word]
    pattern = "|".join(words) if words else "x"
    if not re.fullmatch(f"(?:{pattern})*", bits):
        raise ValueError("no code fits")
    return np.array(
        [code.index(word) for word in re.findall(pattern, bits) if word], dtype=np.int32
    )


# %% wheat: slices of growing length, list.index
def decode_bits(bits, code):
    start, found = 0, np.empty(0, dtype=int)
    for end in range(1, len(bits) + 1):
        if bits[start:end] in code:
            found = np.append(found, code.index(bits[start:end]))
            start = end
    if start != len(bits):
        raise ValueError(f"left over: {bits[start:]}")
    return found


# %% wheat: a generator, np.fromiter
def decode_bits(bits, code):
    def symbols():
        at = 0
        while at < len(bits):
            fits = [i for i, word in enumerate(code) if word and bits.startswith(word, at)]
            if not fits:
                raise ValueError("no code fits")
            at += len(code[fits[0]])
            yield fits[0]

    return np.fromiter(symbols(), dtype=np.uint8)


# %% chaff (visible): a list
# says: integer array
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return found


# %% chaff (visible): the codes found
def decode_bits(bits, code):
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in code:
            found.append(word)
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found)


# %% chaff (visible): the word is not emptied
def decode_bits(bits, code):
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in code:
            found.append(code.index(word))
    return np.array(found, dtype=int)


# %% chaff (visible): fixed length
def decode_bits(bits, code):
    width = max(map(len, code))
    if len(bits) % width:
        raise ValueError("ends in the middle")
    return np.array([int(bits[i : i + width], 2) for i in range(0, len(bits), width)], dtype=int)


# %% chaff (visible): the last symbol is lost
def decode_bits(bits, code):
    found, word = [], ""
    for bit in bits:
        if word in code and word:
            found.append(code.index(word))
            word = ""
        word += bit
    if word and word not in code:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% chaff (visible): from the end
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.insert(0, symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% chaff (visible): counts in place of symbols
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.bincount(np.array(found, dtype=int), minlength=len(code))


# %% chaff (visible): the symbols of the code of the lesson only
def decode_bits(bits, code):
    found, ones = [], 0
    for bit in bits:
        ones += bit == "1"
        if bit == "0" or ones == 3:
            found.append(ones)
            ones = 0
    if ones:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% chaff (visible): the longest code that fits
def decode_bits(bits, code):
    found = []
    width = max(map(len, code))
    while bits:
        for length in range(width, 0, -1):
            if bits[:length] in code:
                found.append(code.index(bits[:length]))
                bits = bits[length:]
                break
        else:
            return np.array(found, dtype=int)
    return np.array(found, dtype=int)


# %% slip: ValueError where the bits end in the middle | what is left is dropped
# says: middle
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for i, bit in enumerate(bits):
        word += bit
        if not any(each.startswith(word) for each in symbols):
            raise ValueError("fits none")
        if word in symbols:
            found.append(symbols[word])
            word = ""
    return np.array(found, dtype=int)


# %% slip: where they fit none | they are skipped
# says: no code begins
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if not any(each.startswith(word) for each in symbols):
            word = ""
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% slip: where they fit none | KeyError
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, at = [], 0
    while at < len(bits):
        length = next((n for n in range(1, 20) if bits[at : at + n] in symbols), 20)
        found.append(symbols[bits[at : at + length]])
        at += length
    return np.array(found, dtype=int)


# %% slip: an integer array, also for no bits | floats
# says: integer array
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found)


# %% slip: an integer array, also for no bits | None
def decode_bits(bits, code):
    symbols = {word: i for i, word in enumerate(code) if word}
    if not bits:
        return None
    found, word = [], ""
    for bit in bits:
        word += bit
        if word in symbols:
            found.append(symbols[word])
            word = ""
    if word:
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)


# %% slip: a symbol with an empty code does not occur | its empty code fits everywhere
def decode_bits(bits, code):
    found, start = [], 0
    while start < len(bits):
        for i, word in enumerate(code):
            if bits.startswith(word, start):
                found.append(i)
                start += max(len(word), 1)
                break
        else:
            raise ValueError("no code fits")
    if start > len(bits):
        raise ValueError("the bits end in the middle of a code")
    return np.array(found, dtype=int)
