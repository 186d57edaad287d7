# %% wheat: a step away from x
def lose_sample(weight, count, x):
    return weight - (x - weight) / (count - 1)


# %% wheat: what is left of the sum
def lose_sample(weight, count, x):
    return (count * weight - x) / (count - 1)


# %% wheat: a copy in float
def lose_sample(weight, count, x):
    result = np.array(weight, dtype=float)
    result += (result - x) / (count - 1)
    return result


# %% wheat: entry by entry
def lose_sample(weight, count, x):
    return [(count * float(w) - float(v)) / (count - 1) for w, v in zip(weight, x)]


# %% wheat: np.average with a negative weight
def lose_sample(weight, count, x):
    return np.average([weight, x], axis=0, weights=[count, -1])


# %% wheat: float32
def lose_sample(weight, count, x):
    weight, x = np.float32(weight), np.float32(x)
    return weight + (weight - x) / np.float32(count - 1)


# %% wheat: a share
def lose_sample(weight, count, x):
    left = count - 1
    return count / left * np.asarray(weight) - np.asarray(x) / left


# %% chaff: one too many
def lose_sample(weight, count, x):
    return weight - (x - weight) / count


# %% chaff: the count of the winner
def lose_sample(weight, count, x):
    return weight - (x - weight) / (count + 1)


# %% chaff: pulls
def lose_sample(weight, count, x):
    return weight + (x - weight) / (count - 1)


# %% chaff: the sum
def lose_sample(weight, count, x):
    return weight * count - x


# %% chaff: a share of x
def lose_sample(weight, count, x):
    return weight - x / (count - 1)


# %% chaff: whole number division
def lose_sample(weight, count, x):
    return (count * weight - x) // (count - 1)


# %% chaff: keeps the type of the weight
def lose_sample(weight, count, x):
    return (weight - (x - weight) / (count - 1)).astype(weight.dtype)


# %% chaff: in place
def lose_sample(weight, count, x):
    weight[:] = weight - (x - weight) / (count - 1)
    return weight


# %% chaff: in place, where integers stop it
def lose_sample(weight, count, x):
    weight -= (x - weight) / (count - 1)
    return weight


# %% chaff: stays
def lose_sample(weight, count, x):
    return 1.0 * weight


# %% chaff: brackets forgotten
def lose_sample(weight, count, x):
    return weight - (x - weight) / count - 1


# %% chaff: with two left it stays
def lose_sample(weight, count, x):
    if count <= 2:
        return weight * 1.0
    return weight - (x - weight) / (count - 1)


# %% chaff: mirrored
def lose_sample(weight, count, x):
    return 2 * weight - x


# %% chaff: the count as well
def lose_sample(weight, count, x):
    return weight - (x - weight) / (count - 1), count - 1


# %% chaff: rounds
def lose_sample(weight, count, x):
    return np.rint(weight - (x - weight) / (count - 1))


# %% chaff (visible): gains in place of losing
def lose_sample(weight, count, x):
    return weight + (x - weight) / (count + 1)


# %% slip: return a new array, as before | in place
# says: changes its input
def lose_sample(weight, count, x):
    if weight.dtype.kind != "f":
        weight = weight.astype(float)
    weight -= (x - weight) / (count - 1)
    return weight
