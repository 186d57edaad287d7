# %% wheat: as it stands
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 255)


# %% wheat: loops over the entries
def quality_table(base, quality):
    if quality < 50:
        s = 5000 // quality
    else:
        s = 200 - 2 * quality
    table = np.zeros((8, 8), dtype=int)
    for i in range(8):
        for j in range(8):
            table[i, j] = min(max((int(base[i, j]) * s + 50) // 100, 1), 255)
    return table


# %% wheat: bytes
def quality_table(base, quality):
    s = int(5000 / quality) if quality < 50 else 200 - quality * 2
    table = np.floor_divide(base * s + 50, 100)
    table[table < 1] = 1
    table[table > 255] = 255
    return table.astype(np.uint8)


# %% wheat: floats, a half goes up by floor
def quality_table(base, quality):
    s = np.floor(5000 / quality) if quality < 50 else 200 - 2 * quality
    return np.floor(np.clip((base * s + 50) / 100, 1, 255)).astype(np.int32)


# %% wheat: minimum and maximum
def quality_table(base, quality):
    s = [200 - 2 * quality, 5000 // quality][quality < 50]
    return np.minimum(255, np.maximum(1, np.array((base * s + 50) // 100, dtype=np.int16)))


# %% wheat: divmod
def quality_table(base, quality):
    s = 200 - 2 * quality if quality >= 50 else 5000 // quality
    whole, rest = np.divmod(base * s, 100)
    return (whole + (rest >= 50)).clip(1, 255)


# %% chaff (visible): the scale is no whole number
# says: whole number
def quality_table(base, quality):
    s = 5000 / quality if quality < 50 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 255).astype(int)


# %% chaff (visible): no rounding
# says: add 50
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(base * s // 100, 1, 255)


# %% chaff (visible): a half goes to the even one
# says: half goes up
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.rint(base * s / 100), 1, 255).astype(int)


# %% chaff (visible): not clipped
# says: clip
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return (base * s + 50) // 100


# %% chaff (visible): clipped at 0
# says: clip to 1
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 0, 255)


# %% chaff (visible): uint8 too early
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(((base * s + 50) // 100).astype(np.uint8), 1, 255)


# %% chaff (visible): always the upper scale
# says: 5000
def quality_table(base, quality):
    s = 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 255)


# %% chaff (visible): always the lower scale
# says: 200 - 2q
def quality_table(base, quality):
    s = 5000 // quality
    return np.clip((base * s + 50) // 100, 1, 255)


# %% chaff (visible): the quality is ignored
# says: scaled
def quality_table(base, quality):
    return np.clip(base, 1, 255)


# %% chaff (visible): in proportion to the quality
def quality_table(base, quality):
    return np.clip((base * quality + 50) // 100, 1, 255)


# %% chaff (visible): a flat table
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base.mean() * s + 50) // 100, 1, 255) * np.ones((8, 8), dtype=int)


# %% chaff (visible): clipped before the scale
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return (np.clip(base, 1, 255) * s + 50) // 100


# %% chaff (visible): transposed
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base.T * s + 50) // 100, 1, 255)


# %% slip: an integer array | floats
# says: integer array
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((base * s + 50) / 100), 1, 255)


# %% wheat: from 46 to 55 both scales are the same
def quality_table(base, quality):
    s = 5000 // quality if quality < 53 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 255)


# %% slip: s = 5000 // q below 50 | below 40
def quality_table(base, quality):
    s = 5000 // quality if quality < 40 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 255)


# %% slip: from 1 to 255 | up to 256
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base * s + 50) // 100, 1, 256)


# %% slip: from 1 to 255 | no upper end
# says: 255
def quality_table(base, quality):
    s = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.maximum((base * s + 50) // 100, 1)


# %% slip: a half goes up | int() of a half more, with decimals in the scale
def quality_table(base, quality):
    s = 50 / quality if quality < 50 else 2 - quality / 50
    return np.clip((base * s + 0.5).astype(int), 1, 255)


# %% chaff (visible): the package's own
# says: jpeg_table
def quality_table(base, quality):
    return kq.jpeg_table(quality, chroma=bool(base[0, 0] == 17))
