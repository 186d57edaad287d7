# %% wheat: bit_length
def bits_per_index(k):
    return (k - 1).bit_length()


# %% wheat: log2 rounded up
def bits_per_index(k):
    return int(np.ceil(np.log2(k)))


# %% wheat: log2 rounded up, a float
def bits_per_index(k):
    return np.ceil(np.log2(k))


# %% wheat: math
import math


def bits_per_index(k):
    return math.ceil(math.log2(k))


# %% wheat: the natural logarithm, divided
import math


def bits_per_index(k):
    return math.ceil(math.log(k, 2))


# %% wheat: doubling
def bits_per_index(k):
    bits = 0
    while 2**bits < k:
        bits += 1
    return bits


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.index_bits
def bits_per_index(k):
    return kq.index_bits(k)


# %% wheat: text of the largest index
def bits_per_index(k):
    return len(bin(k - 1)[2:]) if k > 1 else 0


# %% wheat: recursion
def bits_per_index(k):
    return 0 if k == 1 else 1 + bits_per_index((k + 1) // 2)


# %% wheat: np.frexp
def bits_per_index(k):
    return np.int64(np.frexp(k - 1)[1])


# %% slip: Each index takes the same whole number of bits, as few as tell k indices apart | rounded down
# says: can be told apart, and there are
def bits_per_index(k):
    return int(np.log2(k))


# %% slip: Each index takes the same whole number of bits, as few as tell k indices apart | rounded to the nearest
# says: can be told apart, and there are
def bits_per_index(k):
    return round(np.log2(k))


# %% slip: Each index takes the same whole number of bits, as few as tell k indices apart | not rounded
# says: a bit is whole
def bits_per_index(k):
    return np.log2(k)


# %% slip: With k = 1 there is no choice, and nothing has to be written down: 0 bits | at least one bit
# says: nothing has to be written
def bits_per_index(k):
    return max(1, int(np.ceil(np.log2(k))))


# %% chaff: bits of k itself
def bits_per_index(k):
    return k.bit_length()


# %% slip: Each index takes the same whole number of bits, as few as tell k indices apart | one too many for powers of two
# says: can be told apart already
def bits_per_index(k):
    return int(np.log2(k)) + 1


# %% chaff: natural logarithm
def bits_per_index(k):
    return int(np.ceil(np.log(k)))


# %% chaff: whole bytes
def bits_per_index(k):
    return 8 * int(np.ceil(np.log2(k) / 8))


# %% chaff: k
def bits_per_index(k):
    return k


# %% chaff: always 8
def bits_per_index(k):
    return 8


# %% slip: With k = 1 there is no choice, and nothing has to be written down: 0 bits | the text of 0 has one digit
# says: nothing has to be written
def bits_per_index(k):
    return len(bin(k - 1)) - 2


# %% chaff: a table of the powers of two
def bits_per_index(k):
    return {1: 0, 2: 1, 4: 2, 8: 3, 16: 4, 32: 5, 64: 6, 128: 7, 256: 8}[k]


# %% chaff: not more than a byte
def bits_per_index(k):
    return min(8, int(np.ceil(np.log2(k))))


# %% chaff: prints
def bits_per_index(k):
    print(int(np.ceil(np.log2(k))))


# %% chaff: divides until 1, rounding down
def bits_per_index(k):
    bits = 0
    while k > 1:
        k //= 2
        bits += 1
    return bits
