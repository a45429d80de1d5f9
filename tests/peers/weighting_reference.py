"""Weights and directions of gradient weightings by their definitions (numpy, scipy), for tests/Polytask.Tests/Weighting/Gradients/ReferenceTests.cs.

    /usr/bin/python3 tests/peers/weighting_reference.py

Gradients are sines of squares of the index, so that both sides make the same numbers without a file. No algorithm is shared: least norms by trying
every set of active tasks, projections on cones by least squares in the space of the gradients, CAGrad by its primal problem, fair shares by a root
finder, Aligned-MTL by a polar decomposition, what has memory step by step on whole vectors.
"""
import itertools

import numpy as np
from scipy import linalg, optimize, stats

T, P = 5, 7


def sines(phase, *shape):
    return np.sin(np.arange(np.prod(shape)) ** 2 * 0.7 + phase).reshape(shape) * 1.5


def show(name, values):
    print(f'        {{ "{name}", [{", ".join(f"{value:.9g}" for value in np.ravel(values))}] }},')


J = sines(1, T, P) * np.array([1, 0.3, 2, 1, 5])[:, None]
n = np.linalg.norm(J, axis=1)
U = J / n[:, None]
mean = np.full(T, 1 / T)
p = np.array([1, 2, 0.5, 1, 0.25])


def least_norm(rows):
    best = None
    for size in range(1, len(rows) + 1):
        for active in map(list, itertools.combinations(range(len(rows)), size)):
            A = rows[active]
            system = np.block([[A @ A.T, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]])
            try:
                w = np.linalg.solve(system, np.r_[np.zeros(size), 1])[:size]
            except np.linalg.LinAlgError:
                continue
            if w.min() >= 0 and (best is None or np.linalg.norm(w @ A) < best[0]):
                full = np.zeros(len(rows))
                full[active] = w
                best = np.linalg.norm(w @ A), full
    return best[1]


def on_cone(u, ridge):
    A = np.hstack([J / np.sqrt(np.trace(J @ J.T)), np.sqrt(ridge) * np.eye(T)])
    x, _ = optimize.nnls(A.T, -A.T @ u)
    return u + x


def cagrad(c, p):
    g0 = p @ J
    radius = c * np.linalg.norm(g0)
    # max t with g_i d >= t and |d - g0| <= radius
    found = optimize.minimize(
        lambda z: -z[-1], np.r_[g0, min(J @ g0)], jac=lambda z: np.r_[np.zeros(P), -1], method="SLSQP",
        constraints=[{"type": "ineq", "fun": lambda z: J @ z[:-1] - z[-1], "jac": lambda z: np.hstack([J, -np.ones((T, 1))])},
                     {"type": "ineq", "fun": lambda z: radius ** 2 - ((z[:-1] - g0) ** 2).sum(), "jac": lambda z: np.r_[-2 * (z[:-1] - g0), 0]}],
        options={"ftol": 1e-15, "maxiter": 2000})
    return found.x[:-1]


def fair(alpha):
    G = J @ J.T
    start = np.log(n ** (-2 * alpha / (1 + alpha)))
    equation = lambda x: np.log(np.maximum(G @ np.exp(x), 1e-300)) * alpha + x
    found = optimize.least_squares(equation, start, xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=100000)
    assert np.abs(found.fun).max() < 1e-10, found.fun
    return np.exp(found.x)


show("mgda", least_norm(J))
show("mgda by length", least_norm(U))
losses = np.array([0.5, 2, 1, 0.1, 4])
show("mgda by loss", least_norm(J / losses[:, None]))
show("mgda by length times loss", least_norm(U / losses[:, None]))
show("cagrad 0.5 direction", cagrad(0.5, mean))
show("cagrad 1.5 direction", cagrad(1.5, mean))
show("cagrad 0.5 preference direction", cagrad(0.5, p))
show("nash", fair(1))
show("fairgrad 2", fair(2))
show("fairgrad 0.5", fair(0.5))
# d u_1 = d u_t, weights that sum to 1
show("imtl-g", np.linalg.solve(np.vstack([(U[0] - U[1:]) @ J.T, np.ones(T)]), np.r_[np.zeros(T - 1), 1]))
singular = np.linalg.svd(J, compute_uv=False)
orthonormal = linalg.polar(J, side="left")[0]
show("aligned direction", mean @ (singular.min() * orthonormal))
show("aligned median direction", p @ (np.sqrt(np.median(singular ** 2)) * orthonormal))
show("aligned rms direction", mean @ (np.sqrt((singular ** 2).mean()) * orthonormal))
show("dualproj", on_cone(mean, 1e-4))
show("dualproj preference", on_cone(np.array([0, 1, 0, 2, 0]), 1e-4))
show("upgrad", sum(on_cone(row, 1e-4) for row in np.diag(mean)))
show("upgrad preference", sum(on_cone(row, 1e-4) for row in np.diag(p)))
scores = [sum(sorted(((J[i] - J[j]) ** 2).sum() for j in range(T) if j != i)[:T - 1 - 2]) for i in range(T)]
show("krum 1 of 2", [0.5 if i in np.argsort(scores)[:2] else 0 for i in range(T)])
for name, wanted in (("config direction", np.ones(T)), ("config preference direction", p)):
    v = np.linalg.pinv(U) @ wanted
    v /= np.linalg.norm(v)
    show(name, (J @ v).sum() * v)
show("trimmed mean", stats.trim_mean(J, 1 / T + 1e-9, axis=0))

# pcgrad: every direction that some order gives
outcomes = []
for i in range(3):
    each = []
    for order in itertools.permutations([j for j in range(3) if j != i]):
        g = J[i].copy()
        for j in order:
            if g @ J[j] < 0:
                g -= g @ J[j] / (J[j] @ J[j]) * J[j]
        each.append(g)
    outcomes.append(each)
show("pcgrad 3 directions", [sum(choice) for choice in itertools.product(*outcomes)])


def batch(step):
    return sines(step + 2, T, P) * np.array([1, 0.3, 2, 1, 5])[:, None]


# gradient vaccine on two tasks, three steps: the correction by rotating g_i towards g_j until the cosine is rho
rho = np.zeros((2, 2))
for step in range(3):
    g = batch(step)[:2]
    total = np.zeros(P)
    for i, j in ((0, 1), (1, 0)):
        phi = g[i] @ g[j] / np.linalg.norm(g[i]) / np.linalg.norm(g[j])
        current = g[i].copy()
        if phi < rho[i, j]:
            excess = lambda k: (g[i] + k * g[j]) @ g[j] / np.linalg.norm(g[i] + k * g[j]) / np.linalg.norm(g[j]) - rho[i, j]
            current = g[i] + optimize.brentq(excess, 0, 1e4, xtol=1e-14) * g[j]
        rho[i, j] = 0.5 * rho[i, j] + 0.5 * phi
        total += current
    show(f"gradvac step {step}", total)


def simplex(v):
    shift = optimize.brentq(lambda s: np.maximum(v - s, 0).sum() - 1, v.min() - 1, v.max(), xtol=1e-15)
    return np.maximum(v - shift, 0)


w, y = mean.copy(), np.zeros((T, P))
for step in range(3):
    k = step + 1
    y = y - 0.5 / k ** 0.5 * (y - batch(step))
    w = simplex(w - 0.1 / k ** 0.5 * (y @ y.T + 0.01 * np.eye(T)) @ w)
    show(f"moco step {step} direction", w @ y)

w, s, first = mean.copy(), np.zeros((T, P)), None
for step in range(3):
    g = batch(step)
    s += g ** 2
    risk = np.array([g[t] @ np.diag((s[t] + 1e-7) ** -0.5) @ g[t] for t in range(T)])
    first = risk if first is None else first
    if step > 0:
        w = w * np.exp(0.5 * risk / first)
        w /= w.sum()
    show(f"excess step {step} direction", w @ g)

y = np.zeros((T, P))
for step in range(3):
    beta = 0.9 / (step + 1) ** 0.5
    y = beta * y + (1 - beta) * batch(step)
    lengths = np.linalg.norm(y, axis=1)
    show(f"db-mtl step {step} direction", (y * (lengths.max() / lengths)[:, None]).sum(0))

w = mean.copy()
for step in range(3):
    A = batch(step) @ (batch(step) + 0.5 * sines(9 + step, T, P)).T
    A = A / np.sqrt(np.maximum(np.diag(A), 0)).mean() ** 2
    velocity = np.zeros(T)
    for _ in range(20):
        velocity = 0.5 * velocity + A @ (w + 0.3 * mean)
        w = simplex(w - 10 * velocity)
    show(f"sdmgrad step {step}", w)

w = mean.copy()
for step in range(3):
    A = batch(step) @ (batch(step) + 0.5 * sines(9 + step, T, P)).T
    w = simplex(w - 0.01 * (A + 0.1 * np.eye(T)) @ w)
    show(f"modo step {step}", w)
