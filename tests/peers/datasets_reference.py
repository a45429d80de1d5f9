"""Prints what Python's csv module and NumPy count in the files of datasets/: the numbers that tests/Polytask.Tests/Data pin.

    /usr/bin/python3 tests/peers/datasets_reference.py    # NumPy 1.24.2
"""
import collections
import csv
import gzip
import os

import numpy

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "datasets")


def load(name):
    with gzip.open(os.path.join(FOLDER, name + ".csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {column: [row[i] for row in rows[1:]] for i, column in enumerate(rows[0])}


def counts(name, column):
    table = load(name)
    print(f"{name}.{column}: {len(table[column])} rows, {sum(value == '' for value in table[column])} missing,",
          dict(sorted(collections.Counter(table[column]).items())))


def numbers(name, column, classes=None):
    values = numpy.array(load(name)[column], float)
    print(f"{name}.{column}: {len(values)} rows, mean {values.mean():.9g}, deviation {values.std():.9g}")
    if classes:
        cuts = numpy.quantile(values, [k / classes for k in range(1, classes)])
        print("   cuts", cuts, "classes", numpy.bincount((values[:, None] > cuts).sum(1)))


def missing(name):
    print(f"{name}: missing", {column: values.count("") for column, values in load(name).items() if "" in values})


def mixed(state):
    mask = (1 << 64) - 1
    state = (state + 0x9E3779B97F4A7C15) & mask
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    return state ^ (state >> 31)


class StableRandom:
    """SplitMix64 from a seed and a purpose, as src/Polytask/Data/Random/StableRandom.cs describes it."""

    def __init__(self, seed, purpose):
        state = 0xCBF29CE484222325
        for byte in purpose.encode():
            state = ((state ^ byte) * 0x100000001B3) % 2**64
        self.state = mixed((state + (seed - 1) * 0x9E3779B97F4A7C15) % 2**64)

    def below(self, bound):
        limit = 2**64 - 1 - (2**64 - 1) % bound
        while True:
            bits = mixed(self.state)
            self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
            if bits < limit:
                return bits % bound

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def splits():
    """103 rows, seed 5: the first test rows at random and stratified, and the test groups."""
    order = StableRandom(5, "split").shuffled(range(103))
    print("random test rows", order[-21:][:5])
    classes = ["rare" if row % 10 == 0 else "" if row % 3 == 0 else "common" for row in range(103)]
    wanted, parts = (61, 21, 21), [[], [], []]
    for name in dict.fromkeys(classes[row] for row in order):
        rows = [row for row in order if classes[row] == name]
        shares = [len(rows) * count // 103 for count in wanted]
        for part, share in zip(parts, shares):
            part += rows[:share]
            rows = rows[share:]
    for row in order:
        if not any(row in part for part in parts):
            next(part for part, count in zip(parts, wanted) if len(part) < count).append(row)
    print("stratified test rows", [row for row in order if row in parts[2]][:5])
    groups = StableRandom(5, "split groups").shuffled(sorted({f"g{row % 17}" for row in range(103)}))
    sizes = {name: sum(f"g{row % 17}" == name for row in range(103)) for name in groups}
    taken = []
    while not taken or abs(sum(map(sizes.get, taken)) + sizes[groups[len(taken)]] - 21) < abs(sum(map(sizes.get, taken)) - 21):
        taken.append(groups[len(taken)])
    print("test groups", taken)


if __name__ == "__main__":
    counts("lending_club", "Class")
    print("grades", dict(sorted(collections.Counter(value[0] for value in load("lending_club")["sub_grade"]).items())))
    numbers("lending_club", "int_rate")
    for column in ("churn", "contract", "internet_service"):
        counts("wa_churn", column)
    numbers("wa_churn", "monthly_charges")
    for name, column in (("pima", "diabetes"), ("cells", "class"), ("cells", "case"), ("spam", "type"), ("breast_cancer", "benign"), ("letters", "lettr")):
        counts(name, column)
    for name in ("wa_churn", "pima"):
        missing(name)
    numbers("concrete", "compressive_strength", 5)
    numbers("diabetes", "progression", 5)
    numbers("london_exam", "normexam")
    numbers("hsb82", "mAch")
    for column in ("water", "fat", "protein"):
        numbers("tecator_meats", column)
    table = load("tecator_meats")
    print("tecator_meats, first row, means of 10 wavelengths:",
          [round(numpy.mean([float(table[f"x_{10 * band + i + 1:03d}"][0]) for i in range(10)]), 6) for band in range(10)])
    for name, least in (("london_exam", 20), ("hsb82", 14)):
        sizes = collections.Counter(load(name)["school"])
        kept = [size for size in sizes.values() if size >= least]
        print(f"{name}: {len(sizes)} schools, {len(kept)} of at least {least} pupils with {sum(kept)} in all")
    table = load("concrete")
    print("concrete: mixtures", len(set(zip(*[table[column] for column in list(table)[:7]]))))
    table = load("tecator_meats")
    print("tecator_meats: spectra", len(set(zip(*[table[column] for column in list(table)[:100]]))))
    noise = [mixed(row) % 10 for row in range(1797)]
    print("noise labels of the digits: first", noise[:12], "counts", numpy.bincount(noise))
    splits()
