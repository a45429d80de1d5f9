"""Merged models by the rules of their papers (numpy, float64), for tests/Polytask.Tests/Merging/ReferenceTests.cs.

    /usr/bin/python3 tests/peers/merging_reference.py

A model is two tensors, a.weight [5, 4] and b.bias [7], of sines of squares of the index, so that both sides make the same numbers without a file. Rules
that are flat see both as one vector, a first. No algorithm is shared: top k by sorting, signs by loops over elements, nearest orthonormal matrices by
polar decomposition, RegMean by least squares on the stacked inputs.
"""
import numpy as np
from scipy import linalg

T, Q, N = 3, (5, 4), 7
D = Q[0] * Q[1] + N


def sines(phase, *shape):
    return np.sin(np.arange(np.prod(shape)) ** 2 * 0.7 + phase).reshape(shape)


def show(name, values):
    print(f'        {{ "{name}", [{", ".join(f"{value:.12g}" for value in np.ravel(values))}] }},')


base = np.r_[sines(1, 20), sines(2, 7)]
tuned = np.array([base + 0.1 * (t + 1) * np.r_[sines(3 + t, 20), sines(6 + t, 7)] for t in range(T)])
tau = tuned - base
G = tau.sum(0)


def trimmed(row, k):
    kept = np.argsort(-np.abs(row))[: int(np.floor(k * D + 0.5))]
    return np.where(np.isin(np.arange(D), kept), row, 0)


def ties(k, scale, mean):
    cut = np.array([trimmed(row, k) for row in tau])
    signs = np.sign(cut.sum(0))
    majority = np.sign(signs.sum()) or 1
    merged = np.zeros(D)
    for j in range(D):
        sign = signs[j] or majority
        agree = [x for x in cut[:, j] if np.sign(x) == sign]
        merged[j] = (np.mean(agree) if mean else np.sum(agree)) if agree else 0
    return base + scale * merged


show("average", tuned.mean(0))
show("weighted", np.average(tuned, axis=0, weights=[1, 2, 0.5]))
show("task arithmetic", base + 0.3 * G)
show("task arithmetic, scales", base + np.array([1, -0.5, 0.2]) @ tau)
show("ties mean", ties(0.4, 0.9, True))
show("ties sum", ties(0.4, 0.3, False))

F = np.array([np.r_[sines(9 + t, 20), sines(12 + t, 7)] ** 2 for t in range(T)])
unit = F / np.linalg.norm(F, axis=1, keepdims=True) + 1e-6
show("fisher", (unit * tuned).sum(0) / unit.sum(0))

masks = [(np.abs(row) > 0.4 * np.abs(G - row)) for row in tau]
show("consensus", base + 0.5 * np.where(np.sum(masks, 0) >= 2, G, 0))


def tensors(x):
    return x[:20].reshape(Q), x[20:]


def per_tensor(rule):
    parts = [tensors(base), *(tensors(x) for x in tuned)]
    return np.concatenate([np.ravel(rule(p[0], np.array(p[1:]))) for p in zip(*parts)])


def breadcrumbs(theta, models, low=0.3, high=0.1):
    total = np.zeros(theta.size)
    for model in models:
        row = (model - theta).ravel()
        order = np.argsort(np.abs(row))
        n = row.size
        kept = order[int(np.floor(low * n + 0.5)): n - int(np.floor(high * n + 0.5))]
        total[kept] += row[kept]
    return theta.ravel() + 0.3 * total


show("breadcrumbs", per_tensor(breadcrumbs))


def stock(theta, models):
    rows = (models - theta).reshape(T, -1)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    c = np.mean([unit[i] @ unit[j] for i in range(T) for j in range(i)])
    r = T * c / (1 + (T - 1) * c)
    return r * models.mean(0) + (1 - r) * theta


show("model stock", per_tensor(stock))


def slerp(theta, models, t=0.3):
    a, b = models[0].ravel(), models[1].ravel()
    angle = np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
    return (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)


def slerp_of_taus(theta, models):
    return theta.ravel() + slerp(0, models - theta)


show("slerp of task vectors", per_tensor(slerp_of_taus))


def iso(theta, models):
    if theta.ndim == 1:
        return theta + 1.2 * (models - theta).mean(0)
    total = (models - theta).sum(0)
    u, s, vt = linalg.svd(total, full_matrices=False)
    return theta + 1.2 * s.mean() * u @ vt


show("iso-c", per_tensor(iso))


def tsv(theta, models):
    if theta.ndim == 1:
        return models.mean(0)
    us, ss, vs = [], [], []
    for model in models:
        u, s, vt = linalg.svd(model - theta, full_matrices=False)
        k = len(s) // T
        us.append(u[:, :k]), ss.append(s[:k]), vs.append(vt[:k].T)
    u, _ = linalg.polar(np.hstack(us))
    v, _ = linalg.polar(np.hstack(vs))
    return theta + u @ np.diag(np.concatenate(ss)) @ v.T


show("tsv", per_tensor(tsv))

X = np.array([sines(20 + t, 30, 4) for t in range(T)])
W = [tensors(x)[0] for x in tuned]
stacked, outputs = np.vstack(X), np.vstack([x @ w.T for x, w in zip(X, W)])
show("regmean, alpha 1", np.linalg.lstsq(stacked, outputs, rcond=None)[0].T)
C = [x.T @ x / 30 for x in X]
C = [0.9 * c + 0.1 * np.diag(np.diag(c)) for c in C]
show("regmean, alpha 0.9", linalg.solve(sum(C) + 1e-6 * np.eye(4), sum(c @ w.T for c, w in zip(C, W))).T)

sign = np.sign(G)
unified = sign * np.max(np.where(np.sign(tau) == sign, np.abs(tau), 0), axis=0)
for t in range(T):
    mask = tau[t] * unified > 0
    rescale = np.abs(tau[t]).sum() / np.abs(unified * mask).sum()
    show(f"emr {t}", base + rescale * mask * unified)


def unit_range(x):
    low, high = x.min(1, keepdims=True), x.max(1, keepdims=True)
    return (x - low) / (high - low)


A = np.abs(tau)
A = np.clip(A, np.quantile(A, 1e-4, axis=1, keepdims=True), np.quantile(A, 1 - 1e-4, axis=1, keepdims=True))
C = np.sign(tau) * A
beta = np.exp(T * unit_range(A) ** 2) * np.tanh(tau * G)
beta = unit_range(np.maximum(beta, np.quantile(beta, 1 - 0.2, axis=1, keepdims=True)))
total = beta.sum(0)
show("pcb", base + 1.5 * np.divide((beta * C).sum(0), total, out=np.zeros(D), where=total != 0))

# AdaMerging++: trimmed over both tensors, without what disagrees with the elected sign, not summed; a coefficient for each tensor and task.
LAMBDA = np.array([[0.1, 0.7], [0.5, -0.2], [0.9, 0.4]])
weights = np.repeat(LAMBDA, [20, N], axis=1)
show("coefficients", base + (weights * tau).sum(0))
cut = np.array([trimmed(row, 0.4) for row in tau])
elected = np.sign(cut.sum(0))
elected[elected == 0] = np.sign(elected.sum()) or 1
show("coefficients, ties vectors", base + (weights * np.where(np.sign(cut) == elected, cut, 0)).sum(0))


def iso_cts(theta, models, common=0.5):
    if theta.ndim == 1:
        return theta + 1.2 * (models - theta).mean(0)
    taus = models - theta
    q = min(theta.shape)
    own = int(np.round((q - int(q * common)) / T))
    k = q - own * T
    u, s, vt = linalg.svd(taus.sum(0), full_matrices=False)
    us, ss, vs = [u[:, :k]], [s[:k]], [vt[:k].T]
    for tau_t in taus:
        rest = (np.eye(len(u)) - u[:, :k] @ u[:, :k].T) @ tau_t
        a, b, c = linalg.svd(rest, full_matrices=False)
        us.append(a[:, :own]), ss.append(b[:own]), vs.append(c[:own].T)
    return theta + 1.2 * np.mean(np.concatenate(ss)) * linalg.polar(np.hstack(us))[0] @ linalg.polar(np.hstack(vs))[0].T


show("iso-cts", per_tensor(lambda theta, models: iso_cts(theta, models, 0.2)))


def doge(rate, steps, projected, eta, keep=0.4):
    """Matrices alone; gradients by outer products row by row, projection on the null space of the shared directions."""
    taus = tau[:, :20].reshape(T, *Q)
    size = 1.0
    if rate is None:
        size, rate = np.sqrt(np.mean(taus ** 2)), 0.02
    norms = np.sqrt((taus ** 2).sum((1, 2)))
    lam = eta(norms) / norms
    x = taus / size
    columns = np.hstack([linalg.svd(t)[0][:, : 4 // T] for t in x])
    shared = linalg.svd(columns)[0][:, : 4 // 2]
    outside = linalg.null_space(shared.T) if projected else np.eye(Q[0])
    delta, m, v = np.zeros(Q), np.zeros(Q), np.zeros(Q)
    for step in range(1, steps + 1):
        g = np.zeros(Q)
        for t in x:
            for a in range(Q[0]):
                r = t[a] @ (t[a] - sum(lam[i] * (x[i][a] + delta[a]) for i in range(T)))
                g[a] += -2 * lam.sum() * r * t[a]
        g = outside @ outside.T @ g
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
        delta -= rate * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
    delta *= size
    update = np.zeros(Q)
    for i in range(T):
        flat = np.abs(taus[i]).ravel()
        kept = np.zeros(20)
        kept[np.argsort(-flat)[: int(round(keep * 20))]] = 1
        update += lam[i] * kept.reshape(Q) * (taus[i] + delta)
    return np.r_[base[:20] + update.ravel(), base[20:]]


show("doge", doge(None, 40, True, lambda norms: 0.3 * np.median(norms)))
show("doge, absolute, not projected", doge(0.003, 25, False, lambda norms: 0.1))
