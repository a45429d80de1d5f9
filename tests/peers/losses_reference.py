"""Values of losses by independent code (torch, scipy, plain loops), for tests/Polytask.Tests/Losses/LossReferenceTests.cs.

    /usr/bin/python3 tests/peers/losses_reference.py

Inputs are sines of the index, so that both sides make the same numbers without a file.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F
from scipy.ndimage import distance_transform_edt


def values(phase, *shape):
    return torch.sin(torch.arange(math.prod(shape), dtype=torch.float64) * 1.7 + phase).mul(1.5).reshape(shape)


def show(name, value):
    print(f'{{ "{name}", {float(value):.12g} }},')


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


z4, z, z2 = values(1, 6, 4), values(2, 6), values(3, 6, 2)
classes = torch.tensor([0, 3, 1, 2, 2, 0])
labels = torch.tensor([1, 0, 0, 1, 1, 0], dtype=torch.float64)
y = values(4, 6)

weights = torch.tensor([1, 2, 0.5, 3], dtype=torch.float64)
show("class-weighted cross-entropy", (F.cross_entropy(z4, classes, reduction="none") * weights[classes]).mean())
show("binary cross-entropy, positives x 3", F.binary_cross_entropy_with_logits(z, labels, pos_weight=torch.tensor(3.0)))
many = torch.tensor([[1, 0, 1, 0], [0, 0, math.nan, 1], [1, 1, 1, 1], [0, 0, 0, 0], [math.nan, 1, math.nan, 0], [0, 1, 0, 1]], dtype=torch.float64)
show("multi-label", np.mean([F.binary_cross_entropy_with_logits(a[~b.isnan()], b[~b.isnan()]).item() for a, b in zip(z4, many)]))
show("absolute error", F.l1_loss(z, y))
show("huber", F.huber_loss(z, y, delta=0.7))
show("cosine", (1 - F.cosine_similarity(z4, values(5, 6, 4))).mean())
show("gaussian", F.gaussian_nll_loss(z2[:, 0], y, z2[:, 1].exp(), full=True, eps=0))
counts = torch.tensor([0, 3, 1, 7, 2, 0], dtype=torch.float64)
show("poisson", -torch.distributions.Poisson(z.exp()).log_prob(counts).mean())
levels = (0.1, 0.5, 0.9)
show("pinball", np.mean([[max(q * (b - a), (q - 1) * (b - a)) for q, a in zip(levels, row[:3])] for row, b in zip(z4.tolist(), y.tolist())]))

# distillation
teacher = values(6, 6, 4)
soft = F.kl_div(F.log_softmax(z4 / 3, 1), F.softmax(teacher / 3, 1), reduction="batchmean") * 9
show("distillation", soft)
show("distillation with labels", 0.75 * soft + 0.25 * F.cross_entropy(z4, classes))

# ordinal: logits of P(level > k), falling
steps = torch.stack([z - 1, z - 1.5, z - 2.75], 1)
total = 0
for row, level in zip(steps.tolist(), classes.tolist()):
    reached = [1.0] + [sigmoid(value) for value in row] + [0.0]
    total -= math.log(reached[level] - reached[level + 1])
show("cumulative link", total / 6)
show("coral", sum(-math.log(sigmoid(value if level > k else -value)) for row, level in zip(steps.tolist(), classes.tolist())
                  for k, value in enumerate(row)) / 6)
total = 0
for row, level in zip(z4, classes.tolist()):
    shares = np.exp([-1.5 * abs(k - level) for k in range(4)])
    total -= float((torch.tensor(shares / shares.sum()) * F.log_softmax(row, 0)).sum())
show("soft ordinal", total / 6)

# survival: the likelihood multiplied out
time, died = [0, 3, 1, 2, 2, 3], [1, 0, 0, 1, 0, 1]
total = 0
for row, t, d in zip(z4.tolist(), time, died):
    hazard = [sigmoid(value) for value in row]
    likelihood = math.prod(1 - h for h in hazard[:t]) * (hazard[t] if d else 1 - hazard[t])
    total -= math.log(likelihood)
show("discrete hazard", total / 6)
risk = z.tolist()
total = sum(math.log(sum(math.exp(risk[j]) for j in range(6) if time[j] >= time[i])) - risk[i] for i in range(6) if died[i])
show("cox", total / sum(died))
pairs = [math.log2(1 + math.exp(risk[j] - risk[i])) for i in range(6) for j in range(6) if died[i] and time[i] < time[j]]
show("concordance", np.mean(pairs))

# ranking: two lists
relevance, query = [2, 0, 1, 3, 1, 0], [5, 5, 5, 8, 8, 8]
lists = [[i for i in range(6) if query[i] == q] for q in (5, 8)]
pairs = [math.log(1 + math.exp(risk[j] - risk[i])) for rows in lists for i in rows for j in rows if relevance[i] > relevance[j]]
show("pairwise logistic", np.mean(pairs))
total = 0
for rows in lists:
    total -= float((F.softmax(torch.tensor([float(relevance[i]) for i in rows]), 0).double() * F.log_softmax(z[rows], 0)).sum())
show("listnet", total / 2)
total = 0
for rows in lists:
    order = sorted(rows, key=lambda i: -relevance[i])
    for k, i in enumerate(order):
        total += math.log(sum(math.exp(risk[j]) for j in order[k:])) - risk[i]
show("listmle", total / 2)

# contrast
group = [0, 1, 0, 1, 0, 2]
unit = F.normalize(z4, dim=1)
similarity = (unit @ unit.T / 0.3).tolist()
anchors = []
for i in range(6):
    partners = [p for p in range(6) if p != i and group[p] == group[i]]
    if partners:
        denominator = sum(math.exp(similarity[i][a]) for a in range(6) if a != i)
        anchors.append(-np.mean([math.log(math.exp(similarity[i][p]) / denominator) for p in partners]))
show("supervised contrastive", np.mean(anchors))
distance = torch.cdist(z4, z4).tolist()
hinges = []
for i in range(6):
    partners = [distance[i][p] for p in range(6) if p != i and group[p] == group[i]]
    strangers = [distance[i][p] for p in range(6) if group[p] != group[i]]
    if partners and strangers:
        hinges.append(max(0, 0.5 + max(partners) - min(strangers)))
show("triplet", np.mean(hinges))
views = F.normalize(values(7, 6, 2, 3), dim=2)
flat = views.reshape(12, 3)
logits = flat @ flat.T / 0.5
logits.fill_diagonal_(-math.inf)
show("nt-xent", F.cross_entropy(logits, torch.arange(12) ^ 1))
logits = views[:, 0] @ views[:, 1].T / 0.2
show("info-nce", (F.cross_entropy(logits, torch.arange(6)) + F.cross_entropy(logits.T, torch.arange(6))) / 2)

# positives and unlabelled
p = torch.sigmoid(z)
positive, unlabelled = p[labels == 1], p[labels == 0]
show("non-negative pu", 0.3 * (1 - positive).mean() + max(0.0, float(unlabelled.mean() - 0.3 * positive.mean())))
p = torch.sigmoid(z4)
known = many.nan_to_num(0) == 1
show("variational pu", sum(float(p[:, c].mean() ** 0.5 * p[:, c].mean().log() - p[known[:, c], c].log().mean()) for c in range(4)))

# maps: 2 images of 4 x 5 pixels, 3 classes, some pixels without a label
maps = values(8, 2, 3, 4, 5)
truth = torch.tensor([[0, 0, 1, 1, -1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, -1],
                      [2, 2, 2, 0, 0, 2, 2, 0, 0, 1, 2, 0, 0, 1, 1, 0, 0, 1, 1, 1]]).reshape(2, 4, 5)
show("segmentation", np.mean([F.cross_entropy(maps[i:i + 1], truth[i:i + 1], ignore_index=-1).item() for i in range(2)]))


def tversky(a, b):
    total = 0
    for i in range(2):
        shares, seen = F.softmax(maps[i], 0), truth[i] >= 0
        for c in range(3):
            hit, share = (truth[i] == c)[seen].double(), shares[c][seen]
            total += 1 - float(((hit * share).sum() + 1) / ((hit * share).sum() + a * ((1 - hit) * share).sum() + b * (hit * (1 - share)).sum() + 1))
    return total / 6


show("dice", tversky(0.5, 0.5))
show("tversky", tversky(0.3, 0.7))
total = 0
for i in range(2):
    shares, seen, products = F.softmax(maps[i], 0).numpy(), (truth[i] >= 0).numpy(), []
    for c in range(3):
        region = (truth[i] == c).numpy()
        field = distance_transform_edt(~region) - region * (distance_transform_edt(region) - 1) if region.any() and not region.all() else 0 * shares[c]
        products += list((field * shares[c])[seen])
    total += np.mean(products)
show("boundary", total / 2)

# detection: 2 images, 2 classes, a grid of 4 x 5, up to 3 boxes
grid = values(9, 2, 6, 4, 5)
boxes = [[[0, 0.3, 0.4, 0.5, 0.6], [1, 0.9, 0.1, 0.2, 0.2], [-1, 0, 0, 0, 0]], [[1, 0.5, 0.55, 0.9, 0.3], [-1, 0, 0, 0, 0], [-1, 0, 0, 0, 0]]]
total = 0
for i in range(2):
    found = [box for box in boxes[i] if box[0] >= 0]
    heat, errors = np.zeros((2, 4, 5)), 0
    for c, cx, cy, w, h in found:
        x, yy = cx * 5, cy * 4
        column, row = math.floor(x), math.floor(yy)
        for r in range(4):
            for k in range(5):
                g = math.exp(-((k - column) ** 2 / (2 * max(0.3, w * 5 / 6) ** 2) + (r - row) ** 2 / (2 * max(0.3, h * 4 / 6) ** 2)))
                heat[c, r, k] = max(heat[c, r, k], g)
        got = grid[i, 2:, row, column].tolist()
        errors += abs(got[0] - (x - column)) + abs(got[1] - (yy - row)) + 0.1 * abs(got[2] - w * 5) + 0.1 * abs(got[3] - h * 4)
    focal = 0
    for c in range(2):
        for r in range(4):
            for k in range(5):
                q = sigmoid(float(grid[i, c, r, k]))
                focal -= (1 - q) ** 2 * math.log(q) if heat[c, r, k] == 1 else (1 - heat[c, r, k]) ** 4 * q ** 2 * math.log(1 - q)
    total += (focal + errors) / len(found)
show("detection", total / 2)
