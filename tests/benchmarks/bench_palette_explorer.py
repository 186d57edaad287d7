"""Time the explorers of lesson 04: ``python tests/benchmarks/bench_palette_explorer.py``.

A color photo at 600×960. A k not seen before, one seen with another detail, and one turn of
the color cloud; medians over the slider. Exits 1 when a target is missed.
"""

import sys
import time
from statistics import median

import kquant_helpers as kq

# Wanted at most, in milliseconds.
NEW, SEEN = 100, 30
REPEATS = 3


def milliseconds(render, state):
    start = time.perf_counter()
    render(state)
    return 1000 * (time.perf_counter() - start)


def values_of(explorer, name):
    return next(control for control in explorer.controls if control.name == name).values


def fresh():
    """Return an explorer of each kind that has drawn its first view and no other."""
    explorers = kq.explore_palette("china"), kq.explore_color_cloud("china")
    for explorer in explorers:
        explorer.render()
    return explorers


def measure():
    """Return {what: (median, wanted)}."""
    new, another_detail, again, turned = [], [], [], []
    for _ in range(REPEATS):
        palette, cloud = fresh()
        ks = [k for k in values_of(palette, "k") if k != palette.start["k"]]
        for k in ks:
            new.append(milliseconds(palette.render, {"k": k}))
            another_detail.append(milliseconds(palette.render, {"k": k, "detail": "top left"}))
            again.append(milliseconds(palette.render, {"k": k}))
        for azimuth in values_of(cloud, "azimuth"):
            turned.append(milliseconds(cloud.render, {"azimuth": azimuth}))
    return {
        "palette, k not seen before": (median(new), NEW),
        "palette, k seen, another detail": (median(another_detail), SEEN),
        "palette, seen": (median(again), SEEN),
        "color cloud, a turn": (median(turned), SEEN),
    }


def main():
    rows = measure()
    for what, (spent, wanted) in rows.items():
        verdict = "ok" if spent <= wanted else "MISSED"
        print(f"{what:34}{spent:7.1f} ms  at most {wanted}  {verdict}")
    for method in values_of(kq.explore_palette("china"), "method"):
        explorer = fresh()[0]
        spent = [milliseconds(explorer.render, {"k": k, "method": method}) for k in (8, 64, 256)]
        print(f"  {method:20} k = 8, 64, 256: {', '.join(f'{each:.0f}' for each in spent)} ms")
    return 0 if all(spent <= wanted for spent, wanted in rows.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
