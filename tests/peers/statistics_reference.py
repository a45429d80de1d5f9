"""Writes what SciPy and NumPy give for the statistics of study tables and charts.

    /usr/bin/python3 tests/peers/statistics_reference.py    # SciPy 1.10.1; writes tests/Polytask.Analysis.Tests/Reference/statistics.json

Holm's correction and the hypervolume are computed here from other definitions than the library's: closed testing over all subsets, and
inclusion and exclusion over all sets of rectangles.
"""
import itertools
import json
import math
import os

import numpy
from scipy import special, stats


def numbers(count, start, scale):
    """Numbers without a pattern that any language can read back: they are written into the file."""
    return [round(scale * math.sin(1 + 1.7 * (start + i)) + 0.03 * i, 6) for i in range(count)]


def paired(count, shift):
    variant, baseline = [shift + x for x in numbers(count, 3, 0.2)], numbers(count, 40, 0.15)
    differences = numpy.subtract(variant, baseline)
    t = stats.ttest_rel(variant, baseline)
    flips = stats.permutation_test((differences,), numpy.sum, permutation_type="samples", n_resamples=numpy.inf, alternative="two-sided")
    interval = stats.t.interval(0.95, count - 1, loc=differences.mean(), scale=stats.sem(differences))
    freedom = count - 1
    correction = special.gamma(freedom / 2) / (math.sqrt(freedom / 2) * special.gamma((freedom - 1) / 2)) if freedom > 1 else None
    effect = differences.mean() / differences.std(ddof=1) * correction if correction else None
    return {"variant": variant, "baseline": baseline, "t": t.pvalue, "signFlip": flips.pvalue,
        "low": interval[0], "high": interval[1], "effect": effect}


def holm(p):
    subsets = [s for size in range(1, len(p) + 1) for s in itertools.combinations(range(len(p)), size)]
    return [max(min(1, len(s) * min(p[i] for i in s)) for s in subsets if hypothesis in s) for hypothesis in range(len(p))]


def hypervolume(points, reference):
    """Both coordinates higher is better: the area that some point dominates, above the reference."""
    total = 0.0
    for size in range(1, len(points) + 1):
        for chosen in itertools.combinations(points, size):
            corner = numpy.min(chosen, axis=0)
            total += (-1) ** (size + 1) * numpy.prod(numpy.maximum(corner - reference, 0))
    return total


def components(rows):
    x = numpy.array(rows) - numpy.mean(rows, axis=0)
    _, s, vt = numpy.linalg.svd(x, full_matrices=False)
    for k in range(len(vt)):
        if vt[k][numpy.argmax(numpy.abs(vt[k]))] < 0:
            vt[k] = -vt[k]
    return {"rows": rows, "scores": (x @ vt[:2].T).tolist(), "shares": (s[:2] ** 2 / (s ** 2).sum()).tolist()}


def calibration(confidences, correct, bins):
    """The expected calibration error by numpy's histograms; bins are (low, high], the first holds 0 too."""
    edges = numpy.linspace(0, 1, bins + 1)
    position = numpy.clip(numpy.digitize(confidences, edges, right=True) - 1, 0, bins - 1)
    count = numpy.bincount(position, minlength=bins)
    held = count > 0
    confidence = numpy.bincount(position, confidences, bins)[held] / count[held]
    accuracy = numpy.bincount(position, correct, bins)[held] / count[held]
    return {"confidences": confidences, "correct": correct, "bins": bins, "counts": count[held].tolist(), "confidence": confidence.tolist(),
            "accuracy": accuracy.tolist(), "error": float((count[held] * numpy.abs(confidence - accuracy)).sum() / count.sum())}


P = [[0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.01], [0.6], [0.03, 0.0001, 0.9, 0.4, 0.011, 0.02]]
POINTS = [[0.7, 0.2], [0.5, 0.5], [0.45, 0.4], [0.1, 0.9], [0.7, 0.1], [0.3, 0.5]]
CONFIDENCES = [round(0.5 + 0.5 * math.sin(1 + 1.7 * i), 4) for i in range(60)] + [0.0, 1.0, 0.2, 0.4]
result = {
    "paired": [paired(count, shift) for count, shift in [(2, 0.1), (3, 0.2), (5, 0.05), (5, -0.3), (8, 0.1), (12, 0.02)]],
    "holm": [{"p": p, "adjusted": holm(p)} for p in P],
    "hypervolume": {"points": POINTS, "reference": [0.05, 0.1], "area": hypervolume(numpy.array(POINTS), numpy.array([0.05, 0.1]))},
    "components": components([numbers(5, 7 * i, 1 + i % 3) for i in range(9)]),
    "calibration": calibration(CONFIDENCES, [int(math.sin(3 + 2.3 * i) > -0.4) for i in range(len(CONFIDENCES))], 10),
}
with open(os.path.join(os.path.dirname(__file__), "..", "Polytask.Analysis.Tests", "Reference", "statistics.json"), "w") as file:
    json.dump(result, file, indent=1, default=float)
    file.write("\n")
