"""Writes what scikit-learn, SciPy and scikit-image give for the metrics that they have.

    /usr/bin/python3 tests/peers/metrics_reference.py    # scikit-learn 1.2.1, SciPy 1.10.1, scikit-image 0.19.3
                                                         # writes tests/Polytask.Tests/Metrics/Reference/metrics.json

All inputs are multiples of 1/64, so that single precision holds them exactly. Numbers that these libraries do not have (Matthews' correlation apart)
are checked in the tests against closed forms and brute force.
"""
import json
import os
import random

import numpy
from scipy import special, stats
from sklearn import metrics
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

numbers = random.Random(20)


def grid(count, scale=2.0):
    return [round(64 * scale * numbers.gauss(0, 1)) / 64 for _ in range(count)]


def softmax(rows):
    return special.softmax(numpy.array(rows), axis=1)


def averages(y, p, weights=None, labels=None):
    values = {}
    for average in ("macro", "micro", "weighted"):
        for name, score in (("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score)):
            values[f"{average} {name}"] = score(y, p, average=average, sample_weight=weights, labels=labels, zero_division=0)
    return values


def binary():
    # Few distinct logits: ties.
    logits = [round(4 * x) / 4 for x in grid(60, 1.0)]
    labels = [int(z + 1.5 * numbers.gauss(0, 1) > 0.3) for z in logits]
    weights = [numbers.randint(1, 8) / 4 for _ in logits]

    def values(w):
        p, said = special.expit(logits), [int(z > 0) for z in logits]
        return {
            "accuracy": metrics.accuracy_score(labels, said, sample_weight=w),
            "balanced accuracy": metrics.balanced_accuracy_score(labels, said, sample_weight=w),
            "precision": metrics.precision_score(labels, said, sample_weight=w),
            "recall": metrics.recall_score(labels, said, sample_weight=w),
            "f1": metrics.f1_score(labels, said, sample_weight=w),
            "mcc": metrics.matthews_corrcoef(labels, said, sample_weight=w),
            "kappa": metrics.cohen_kappa_score(labels, said, sample_weight=w),
            "auc": metrics.roc_auc_score(labels, logits, sample_weight=w),
            "average precision": metrics.average_precision_score(labels, logits, sample_weight=w),
            "log loss": metrics.log_loss(labels, p, sample_weight=w),
            "brier": metrics.brier_score_loss(labels, p, sample_weight=w),
            "hamming loss": metrics.hamming_loss(labels, said, sample_weight=w),
            "miou": metrics.jaccard_score(labels, said, average="macro", sample_weight=w),
            **averages(labels, said, w),
        }
    return {"outputs": logits, "targets": labels, "weights": weights, "values": values(None), "weighted": values(weights)}


def classes():
    # Five classes of which the last never occurs and the fourth is never predicted.
    count, rows = 5, []
    labels = [numbers.randint(0, 3) for _ in range(80)]
    for label in labels:
        row = grid(count)
        row[label] += 1
        row[3] -= 20
        row[4] -= 4
        rows.append(row)
    weights = [numbers.randint(1, 8) / 4 for _ in labels]

    def values(w):
        p, said = softmax(rows), [int(numpy.argmax(row)) for row in rows]
        onehot = numpy.eye(count)[labels]
        occurring = sorted(set(labels))
        return {
            "accuracy": metrics.accuracy_score(labels, said, sample_weight=w),
            "balanced accuracy": metrics.balanced_accuracy_score(labels, said, sample_weight=w),
            "top-2 accuracy": metrics.top_k_accuracy_score(labels, rows, k=2, labels=range(count), sample_weight=w),
            "mcc": metrics.matthews_corrcoef(labels, said, sample_weight=w),
            "kappa": metrics.cohen_kappa_score(labels, said, sample_weight=w),
            "quadratic kappa": metrics.cohen_kappa_score(labels, said, weights="quadratic", labels=range(count), sample_weight=w),
            "auc": numpy.mean([metrics.roc_auc_score(onehot[:, c], p[:, c], sample_weight=w) for c in occurring]),
            "average precision": numpy.mean([metrics.average_precision_score(onehot[:, c], p[:, c], sample_weight=w) for c in occurring]),
            "log loss": metrics.log_loss(labels, p, labels=range(count), sample_weight=w),
            "brier": numpy.average(((p - onehot) ** 2).sum(axis=1), weights=w),
            "miou": metrics.jaccard_score(labels, said, average="macro", sample_weight=w),
            "macro f1 without 0": metrics.f1_score(labels, said, average="macro", labels=[c for c in sorted({*labels, *said}) if c], sample_weight=w),
            "micro f1 without 0": metrics.f1_score(labels, said, average="micro", labels=[1, 2, 3, 4], sample_weight=w),
            **averages(labels, said, w),
        }
    return {"outputs": rows, "targets": labels, "weights": weights, "values": values(None), "weighted": values(weights)}


def several_labels():
    rows = [grid(4) for _ in range(50)]
    labels = [[int(z + 2 * numbers.gauss(0, 1) > 0.5) for z in row] for row in rows]
    y, said = numpy.array(labels), (numpy.array(rows) > 0).astype(int)
    return {"outputs": rows, "targets": labels, "values": {
        "hamming loss": metrics.hamming_loss(y, said),
        "subset accuracy": metrics.accuracy_score(y, said),
        "auc": metrics.roc_auc_score(y, rows, average="macro"),
        "average precision": metrics.average_precision_score(y, rows, average="macro"),
        **averages(y, said),
    }}


def regression(outputs):
    # Large beside its spread, so that careless sums would lose digits.
    shape = (70, outputs) if outputs > 1 else (70,)
    y = 512 + numpy.array(grid(70 * outputs)).reshape(shape)
    z = y + 0.25 + numpy.array(grid(70 * outputs, 1.0)).reshape(shape)
    z, y = numpy.round(4 * z) / 4, numpy.round(4 * y) / 4
    weights = [numbers.randint(1, 8) / 4 for _ in y]

    def columns(score):
        return numpy.mean([score(a, b) for a, b in zip(z.reshape(70, -1).T, y.reshape(70, -1).T)])

    def values(w):
        return {
            "mse": metrics.mean_squared_error(y, z, sample_weight=w),
            "rmse": metrics.mean_squared_error(y, z, sample_weight=w, squared=False),
            "mae": metrics.mean_absolute_error(y, z, sample_weight=w),
            "mape": metrics.mean_absolute_percentage_error(y, z, sample_weight=w),
            "r2": metrics.r2_score(y, z, sample_weight=w),
            "explained variance": metrics.explained_variance_score(y, z, sample_weight=w),
        }
    plain = values(None) | {
        "pearson": columns(lambda a, b: stats.pearsonr(a, b).statistic),
        "spearman": columns(lambda a, b: stats.spearmanr(a, b).statistic),
        "kendall": columns(lambda a, b: stats.kendalltau(a, b).statistic),
    }
    if outputs == 1:
        plain["pinball loss"] = metrics.mean_pinball_loss(y, z, alpha=0.3)
    return {"outputs": z.tolist(), "targets": y.tolist(), "weights": weights, "values": plain, "weighted": values(weights)}


def ranking():
    # Few distinct scores: ties, which share their discounts.
    scores = [[numbers.randint(0, 6) / 4 for _ in range(9)] for _ in range(25)]
    relevance = [[numbers.choice([0, 0, 0, 1, 2, 4]) for _ in row] for row in scores]
    for row in relevance:
        row[0] = max(row[0], 1)
    values = {"ndcg": metrics.ndcg_score(relevance, scores), "ndcg@4": metrics.ndcg_score(relevance, scores, k=4)}
    # Label-ranking average precision gives ties their last rank, as the library does, but to all of a tie: distinct scores here.
    distinct = [numbers.sample(range(9), 9) for _ in scores]
    values_distinct = {"map": metrics.label_ranking_average_precision_score((numpy.array(relevance) > 0).astype(int), distinct)}
    return {"scores": scores, "distinct": distinct, "relevance": relevance, "values": values, "distinctValues": values_distinct}


def images():
    size, count = 50, 2
    first = [[[numbers.randint(0, 64) / 64 for _ in range(size)] for _ in range(size)] for _ in range(count)]
    second = [[[min(1, max(0, x + numbers.randint(-12, 12) / 64)) for x in row] for row in image] for image in first]
    a, b = numpy.array(second), numpy.array(first)
    return {"outputs": second, "targets": first, "values": {
        "psnr": numpy.mean([peak_signal_noise_ratio(y, z, data_range=1) for z, y in zip(a, b)]),
        "ssim": numpy.mean([structural_similarity(y, z, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
                            for z, y in zip(a, b)]),
    }}


everything = {"binary": binary(), "classes": classes(), "labels": several_labels(), "regression": regression(1), "outputs": regression(3),
              "ranking": ranking(), "images": images()}
path = os.path.join(os.path.dirname(__file__), "..", "Polytask.Tests", "Metrics", "Reference", "metrics.json")
os.makedirs(os.path.dirname(path), exist_ok=True)
with open(path, "w") as file:
    json.dump(everything, file, separators=(",", ":"))
    file.write("\n")
for part, content in everything.items():
    print(part, json.dumps(content["values"]))
