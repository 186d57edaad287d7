# %% wheat: a step toward x
def gain_sample(weight, count, x):
    return weight + (x - weight) / (count + 1)


# %% wheat: the sum divided
def gain_sample(weight, count, x):
    return (count * weight + x) / (count + 1)


# %% wheat: a copy in float
def gain_sample(weight, count, x):
    result = np.array(weight, dtype=float)
    result += (x - result) / (count + 1)
    return result


# %% wheat: entry by entry
def gain_sample(weight, count, x):
    return [w + (float(v) - w) / (count + 1) for w, v in zip(weight, x)]


# %% wheat: np.average
def gain_sample(weight, count, x):
    return np.average([weight, x], axis=0, weights=[count, 1])


# %% wheat: the mean of copies
def gain_sample(weight, count, x):
    rows = [np.asarray(weight, float)] * count + [np.asarray(x, float)]
    return np.mean(rows, axis=0)


# %% wheat: the first sample by itself
def gain_sample(weight, count, x):
    if count == 0:
        return x
    share = 1 / (count + 1)
    return (1 - share) * weight + share * x


# %% chaff: one too few
def gain_sample(weight, count, x):
    return weight + (x - weight) / max(count, 1)


# %% chaff: divides by zero
def gain_sample(weight, count, x):
    return weight + (x - weight) / count


# %% chaff: pushes
def gain_sample(weight, count, x):
    return weight - (x - weight) / (count + 1)


# %% chaff: the middle of both
def gain_sample(weight, count, x):
    return (weight + x) / 2


# %% chaff: the sum
def gain_sample(weight, count, x):
    return weight * count + x


# %% chaff: a share of x
def gain_sample(weight, count, x):
    return weight + x / (count + 1)


# %% chaff: whole number division
def gain_sample(weight, count, x):
    return (count * weight + x) // (count + 1)


# %% chaff: keeps the type of the weight
def gain_sample(weight, count, x):
    return (weight + (x - weight) / (count + 1)).astype(weight.dtype)


# %% chaff: in place
def gain_sample(weight, count, x):
    weight[:] = weight + (x - weight) / (count + 1)
    return weight


# %% chaff: in place, where integers stop it
def gain_sample(weight, count, x):
    weight += (x - weight) / (count + 1)
    return weight


# %% chaff: stays at the first sample
def gain_sample(weight, count, x):
    if count == 0:
        return weight
    return weight + (x - weight) / (count + 1)


# %% chaff: brackets forgotten
def gain_sample(weight, count, x):
    return weight + (x - weight) / count + 1 if count else x


# %% chaff: a fixed learning rate
def gain_sample(weight, count, x):
    return weight + 0.5 * (x - weight) if count else 1.0 * x


# %% chaff: the first entry only
def gain_sample(weight, count, x):
    return weight[0] + (x[0] - weight[0]) / (count + 1)


# %% chaff: the count as well
def gain_sample(weight, count, x):
    return weight + (x - weight) / (count + 1), count + 1


# %% chaff: rounds
def gain_sample(weight, count, x):
    return np.rint(weight + (x - weight) / (count + 1))


# %% slip: return a new array; the old weight stays as it is | in place
# says: changes its input
def gain_sample(weight, count, x):
    if weight.dtype.kind != "f":
        weight = weight.astype(float)
    weight += (x - weight) / (count + 1)
    return weight
