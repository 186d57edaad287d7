# %% wheat: count up in binary
def prefix_code(lengths):
    code, number, before = [""] * len(lengths), 0, 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if lengths[i] == 0:
            continue
        number <<= int(lengths[i]) - before
        before = int(lengths[i])
        if number >= 2**before:
            raise ValueError("no such code")
        code[i] = format(number, f"0{before}b")
        number += 1
    return code


# %% wheat: Kraft's sum as a binary fraction
from fractions import Fraction


def prefix_code(lengths):
    code, place = [""] * len(lengths), Fraction(0)
    for i in np.argsort(lengths, kind="stable"):
        length = int(lengths[i])
        if length:
            code[i] = format(int(place * 2**length), f"0{length}b")
            place += Fraction(1, 2**length)
    if place > 1:
        raise ValueError("Kraft's sum is above 1")
    return code


# %% wheat: a tree that is split where there is room, ones first
def prefix_code(lengths):
    free = [""]
    code = [""] * len(lengths)
    for length in sorted(set(int(n) for n in lengths) - {0}):
        free = [
            leaf + tail
            for leaf in free
            for tail in (
                format(n, f"0{length - len(leaf)}b") if length > len(leaf) else ""
                for n in range(2 ** (length - len(leaf)))
            )
        ]
        for i, wanted in enumerate(lengths):
            if wanted == length:
                if not free:
                    raise ValueError("no room left")
                code[i] = free.pop()
    return code


# %% wheat: the first string that fits
from itertools import product


def prefix_code(lengths):
    code = [""] * len(lengths)
    taken = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if not lengths[i]:
            continue
        for bits in product("01", repeat=int(lengths[i])):
            word = "".join(bits)
            if not word.startswith(tuple(taken)):
                taken.append(word)
                code[i] = word
                break
        else:
            raise ValueError("no code of these lengths")
    return code


# %% wheat: Kraft first, in floats
def prefix_code(lengths):
    lengths = [int(n) for n in lengths]
    if sum(2.0**-n for n in lengths if n > 0) > 1:
        raise ValueError(f"{lengths} are too short")
    code = {}
    value = 0.0
    for n, i in sorted((n, i) for i, n in enumerate(lengths) if n):
        digits, rest = "", value
        for _ in range(n):
            rest *= 2
            digits += str(int(rest))
            rest -= int(rest)
        code[i] = digits
        value += 2.0**-n
    return [code.get(i, "") for i in range(len(lengths))]


# %% wheat: from the longest to the shortest
def prefix_code(lengths):
    lengths = np.array(lengths, dtype=int)
    longest = int(lengths.max(initial=0))
    code, place = ["" for _ in lengths], 2**longest
    for length in range(longest, 0, -1):
        pass
    for i in np.argsort(lengths, kind="stable"):
        n = int(lengths[i])
        if n:
            place -= 2 ** (longest - n)
            if place < 0:
                raise ValueError("too many short codes")
            code[i] = f"{place >> (longest - n):0{n}b}"
    return code


# %% wheat: a tuple of NumPy's strings
def prefix_code(lengths):
    code, number, before = np.full(len(lengths), "", dtype="U64"), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number * 2 ** (int(lengths[i]) - before), int(lengths[i])
            word = bin(number)[2:].zfill(before)
            if len(word) > before:
                raise ValueError("too short")
            code[i] = word
            number += 1
    return tuple(code)


# %% chaff (visible): in the order that is given
def prefix_code(lengths):
    code, number, before = [], 0, 0
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    for length in lengths:
        if not length:
            code.append("")
            continue
        number = number << (length - before) if length >= before else number >> (before - length)
        before = length
        code.append(format(number, f"0{length}b"))
        number += 1
    return code


# %% chaff (visible): equal codes for equal lengths
# says: is also
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    return ["1" * (n - 1) + "0" if n else "" for n in lengths]


# %% chaff (visible): the numbers 0, 1, 2 in so many bits
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    return [format(i, f"0{n}b")[:n] if n else "" for i, n in enumerate(lengths)]


# %% chaff (visible): always ones and a zero
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    code, ones = [""] * len(lengths), 0
    for i in np.argsort(lengths):
        if lengths[i]:
            code[i] = "1" * ones + "0"
            ones += 1
    return code


# %% chaff (visible): no zeros are added behind
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    code, number = [""] * len(lengths), 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            code[i] = format(number, f"0{lengths[i]}b")[-lengths[i] :]
            number += 1
    return code


# %% chaff (visible): a dictionary
# says: list
def prefix_code(lengths):
    code, number, before = {}, 0, 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            if number >= 2**before:
                raise ValueError("no such code")
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% chaff (visible): numbers in place of strings
def prefix_code(lengths):
    code, number, before = [0] * len(lengths), 0, 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            if number >= 2**before:
                raise ValueError("no such code")
            code[i] = number
            number += 1
    return code


# %% chaff (visible): sorted by length
def prefix_code(lengths):
    code, number, before = [], 0, 0
    for length in sorted(lengths):
        if not length:
            code.append("")
            continue
        number, before = number << (int(length) - before), int(length)
        if number >= 2**before:
            raise ValueError("no such code")
        code.append(format(number, f"0{before}b"))
        number += 1
    return code


# %% chaff (visible): only for codes without room
def prefix_code(lengths):
    if any(lengths) and sum(2.0 ** -int(n) for n in lengths if n) != 1:
        raise ValueError("not full")
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% chaff (visible): Kraft's sum has to be below 1
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) >= 1:
        raise ValueError("too short")
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% chaff (visible): the length 0 counts for Kraft
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths) > 1:
        raise ValueError("too short")
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% slip: exactly these lengths | zeros in front are lost
def prefix_code(lengths):
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            if number >= 2**before:
                raise ValueError("no such code")
            code[i] = bin(number)[2:]
            number += 1
    return code


# %% slip: none begins another | the shorter is counted on without zeros
def prefix_code(lengths):
    if sum(2.0 ** -int(n) for n in lengths if n) > 1:
        raise ValueError("too short")
    code, numbers = [], {}
    for length in lengths:
        numbers[int(length)] = numbers.get(int(length), -1) + 1
        code.append(format(numbers[int(length)], f"0{length}b") if length else "")
    return code


# %% slip: the empty string stands for the length 0 | it is left out
def prefix_code(lengths):
    lengths = [int(n) for n in lengths if n]
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        number, before = number << (lengths[i] - before), lengths[i]
        if number >= 2**before:
            raise ValueError("no such code")
        code[i] = format(number, f"0{before}b")
        number += 1
    return code


# %% slip: the empty string stands for the length 0 | None
def prefix_code(lengths):
    code, number, before = [None] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            if number >= 2**before:
                raise ValueError("no such code")
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% slip: the empty string stands for the length 0 | a code like the others
def prefix_code(lengths):
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        number, before = number << (int(lengths[i]) - before), int(lengths[i])
        if lengths[i] and number >= 2**before:
            raise ValueError("no such code")
        code[i] = format(number, f"0{before}b")
        number += bool(lengths[i])
    return code


# %% slip: ValueError | none is raised
def prefix_code(lengths):
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% slip: ValueError | None is returned
def prefix_code(lengths):
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            if number >= 2**before:
                return None
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% slip: ValueError | an assertion
def prefix_code(lengths):
    assert sum(2.0 ** -int(n) for n in lengths if n) <= 1
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            number, before = number << (int(lengths[i]) - before), int(lengths[i])
            code[i] = format(number, f"0{before}b")
            number += 1
    return code


# %% chaff (visible): the package's own
# says: canonical_code
def prefix_code(lengths):
    return kq.canonical_code(np.array(lengths))
