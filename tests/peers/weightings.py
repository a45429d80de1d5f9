"""One optimisation step under a weighting of task gradients: reads a number of steps per line, answers with the seconds they took.

    weightings.py PEER TRUNK T METHOD          seconds, as above; the first line names the versions
    weightings.py PEER TRUNK T METHOD memory   MiB by which the resident memory's peak exceeds parameters and Adam's state: in the forward
                                               pass, then in a whole step

PEER: plain (written here, in LibMTL's way), libmtl (its weightings under HPS, put together as its Trainer does: environment variable
LIBMTL names a checkout), torchjd (mtl_backward and jac_to_grad as in its documentation: TORCHJD names a checkout), torchjd-sequential (the
same with parallel_chunk_size=1) or torchjd-engine (the Gramian from autogram.Engine, then one backward pass; needs torch 2.3).
TRUNK: mlp (0.99 M parameters) or resnet (0.08 M). A method that a peer lacks is refused by name.
"""
import ctypes
import gc
import importlib
import os
import random
import sys
import time
import types

import numpy as np
import scipy
import torch
from scipy.optimize import least_squares, minimize, nnls
from torch import nn
from torch.nn import functional as F

BATCH = 256


class Basic(nn.Module):
    """A basic block of a CIFAR ResNet."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x))))) + self.shortcut(x))


def trunk_of(name):
    """The trunk, its number of features and one input's shape."""
    if name == "mlp":
        return nn.Sequential(nn.Linear(256, 640), nn.ReLU(), nn.Linear(640, 640), nn.ReLU(), nn.Linear(640, 640), nn.ReLU()), 640, [256]
    if name == "resnet":
        stem = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
        stages = [Basic(16, 16, 1), Basic(16, 32, 2), Basic(32, 64, 2)]
        return nn.Sequential(*stem, *stages, nn.AdaptiveAvgPool2d(1), nn.Flatten()), 64, [3, 32, 32]
    raise SystemExit(f"trunk '{name}': expected mlp or resnet")


class Problem:
    """A trunk, a linear head per task, a batch of random inputs and targets, and the mean squared error of every task."""

    def __init__(self, trunk, tasks):
        torch.manual_seed(0)
        self.trunk, features, shape = trunk_of(trunk)
        self.heads = nn.ModuleList([nn.Linear(features, 1) for _ in range(tasks)])
        self.x, self.y = torch.randn(BATCH, *shape), torch.randn(tasks, BATCH)
        self.shared = list(self.trunk.parameters())

    def loss(self, task, output):
        return F.mse_loss(output.squeeze(1), self.y[task])

    def losses(self, features):
        return [self.loss(task, head(features)) for task, head in enumerate(self.heads)]

    def adam(self, parameters):
        return torch.optim.Adam(parameters, lr=1e-3)


# ---- plain: the matrix of task gradients, its Gramian G or itself, weights or a direction

def mgda(G):
    """Frank-Wolfe with exact line search from the best pair (Sener and Koltun 2018, algorithm 2), to the same stop as LibMTL's."""
    tasks = len(G)

    def line(aa, ab, bb):
        if ab >= aa:
            return 1.0
        if ab >= bb:
            return 0.0
        return (bb - ab) / (aa + bb - 2 * ab)

    def norm(i, j):
        gamma = line(G[i, i], G[i, j], G[j, j])
        return gamma * gamma * G[i, i] + 2 * gamma * (1 - gamma) * G[i, j] + (1 - gamma) ** 2 * G[j, j]

    i, j = min(((i, j) for i in range(tasks) for j in range(i + 1, tasks)), key=lambda pair: norm(*pair))
    w = np.zeros(tasks)
    w[i] = line(G[i, i], G[i, j], G[j, j])
    w[j] = 1 - w[i]
    for _ in range(250 if tasks > 2 else 0):
        Gw = G @ w
        vertex = Gw.argmin()
        gamma = line(w @ Gw, Gw[vertex], G[vertex, vertex])
        step = (1 - gamma) * (np.eye(tasks)[vertex] - w)
        w = w + step
        if abs(step).sum() < 1e-5:
            break
    return w


def pcgrad(J):
    """Yu et al. 2020, algorithm 1, on the gradients themselves."""
    projected = J.clone()
    for i in range(len(J)):
        for j in random.sample(range(len(J)), len(J)):
            inner = torch.dot(projected[i], J[j])
            if j != i and inner < 0:
                projected[i] -= inner / J[j].dot(J[j]) * J[j]
    return projected.sum(0)


def cagrad(J, c=0.5):
    """Liu et al. 2021 as its authors solve it (SLSQP over the simplex), rescaled by 1 + c^2."""
    tasks = len(J)
    G = (J @ J.T).double().numpy()
    uniform = np.full(tasks, 1 / tasks)
    radius = c * np.sqrt(G.mean() + 1e-8)
    constraint = {"type": "eq", "fun": lambda w: 1 - w.sum()}
    w = minimize(lambda w: w @ G @ uniform + radius * np.sqrt(w @ G @ w + 1e-8), uniform, bounds=[(0, 1)] * tasks, constraints=constraint).x
    weighted = torch.tensor(w, dtype=J.dtype) @ J
    return (J.mean(0) + radius / (weighted.norm() + 1e-8) * weighted) / (1 + c * c)


def imtl_g(G):
    """Liu et al. 2021, equation 6: every task's unit gradient has the same projection."""
    v = np.linalg.pinv(G) @ np.sqrt(np.diag(G))
    return v / v.sum()


def aligned_mtl(G):
    """Senushkin et al. 2023, algorithm 1."""
    values, vectors = np.linalg.eigh(G)
    kept = values > values.max() * len(G) * np.finfo(np.float32).eps
    values, vectors = values[kept], vectors[:, kept]
    return (np.sqrt(values.min()) * (vectors / np.sqrt(values)) @ vectors.T).sum(0)


def nash_mtl(G):
    """Navon et al. 2022: G a = 1/a, the minimum of a convex function."""
    scaled = G / np.linalg.norm(G)
    found = minimize(lambda s: ((a := np.exp(s)) @ scaled @ a / 2 - s.sum(), a * (scaled @ a) - 1), np.zeros(len(G)), jac=True, method="BFGS")
    return np.exp(found.x) / np.sqrt(np.linalg.norm(G))


def fairgrad(G):
    """Ban and Ji 2024 with alpha = 1, as its authors solve it."""
    return least_squares(lambda w: G @ w - 1 / w, np.full(len(G), 1 / len(G)), bounds=(0, np.inf)).x


def upgrad(G):
    """Quinton and Rey 2024: the dual of every gradient's projection onto the cone of no conflict, as non-negative least squares."""
    tasks = len(G)
    L = np.linalg.cholesky(G / max(np.trace(G), 1e-4) + 1e-4 * np.eye(tasks))
    u = np.eye(tasks) / tasks
    return sum(u[t] + nnls(L.T, -L.T @ u[t])[0] for t in range(tasks))


def graddrop(J):
    """Chen et al. 2020, algorithm 1, without a leak."""
    positive = 0.5 * (1 + J.sum(0) / (J.abs().sum(0) + 1e-7))
    drawn = torch.rand_like(positive)
    return (J * ((positive > drawn) & (J > 0) | (positive < drawn) & (J < 0))).sum(0)


class GradVac:
    """Wang et al. 2021 over the whole model."""

    def __init__(self, beta=0.5):
        self.beta, self.target = beta, None

    def __call__(self, J):
        if self.target is None:
            self.target = torch.zeros(len(J), len(J))
        moved = J.clone()
        norms = J.norm(dim=1)
        for i in range(len(J)):
            for j in random.sample(range(len(J)), len(J)):
                if i == j:
                    continue
                norm, target = moved[i].norm(), self.target[i, j].clone()
                cosine = moved[i].dot(J[j]) / (norm * norms[j] + 1e-8)
                if cosine < target:
                    across, wanted = (1 - cosine ** 2).sqrt(), (1 - target ** 2).sqrt()
                    moved[i] += J[j] * (norm * (target * across - cosine * wanted) / (norms[j] * wanted + 1e-8))
                self.target[i, j] = (1 - self.beta) * target + self.beta * cosine
        return moved.sum(0)


class MoCo:
    """Fernando et al. 2023 with the defaults of LibMTL."""

    def __init__(self):
        self.steps, self.tracked, self.weights = 0, 0, None

    def __call__(self, J, losses):
        self.steps += 1
        if self.weights is None:
            self.weights = torch.full([len(J)], 1 / len(J))
        J = J / (J.norm(dim=1, keepdim=True) + 1e-8) * torch.stack(losses).detach()[:, None]
        self.tracked = self.tracked - 0.5 / self.steps ** 0.5 * (self.tracked - J)
        self.weights = torch.softmax(self.weights - 0.1 / self.steps ** 0.5 * (self.tracked @ (self.tracked.T @ self.weights)), 0)
        return self.tracked.T @ self.weights


class Plain:
    GRAMIAN = {"mgda": mgda, "imtl_g": imtl_g, "aligned_mtl": aligned_mtl, "upgrad": upgrad}
    SCALED = {"nash_mtl": nash_mtl, "fairgrad": fairgrad}  # whose weights scale the heads' losses too
    GRADIENTS = {"pcgrad": pcgrad, "cagrad": cagrad, "graddrop": graddrop, "gradvac": GradVac(), "moco": MoCo()}
    METHODS = ["sum", *GRAMIAN, *SCALED, *GRADIENTS]
    version = "plain"

    def __init__(self, problem, method):
        self.problem, self.method = problem, method
        self.optimizer = problem.adam([*problem.trunk.parameters(), *problem.heads.parameters()])

    def forward(self):
        self.optimizer.zero_grad(set_to_none=True)
        return self.problem.losses(self.problem.trunk(self.problem.x))

    def matrix(self, losses, retain):
        shared, tasks = self.problem.shared, len(losses)
        J = torch.empty(tasks, sum(parameter.numel() for parameter in shared))
        for task, (loss, head) in enumerate(zip(losses, self.problem.heads)):
            own = list(head.parameters())
            gradients = torch.autograd.grad(loss, [*shared, *own], retain_graph=retain or task < tasks - 1)
            J[task] = torch.cat([gradient.reshape(-1) for gradient in gradients[:len(shared)]])
            for parameter, gradient in zip(own, gradients[len(shared):]):
                parameter.grad = gradient
        return J

    def finish(self, losses):
        if self.method == "sum":
            torch.stack(losses).sum().backward()
        elif self.method in self.SCALED:
            J = self.matrix(losses, retain=True)
            weights = self.SCALED[self.method]((J @ J.T).double().numpy())
            del J
            self.optimizer.zero_grad(set_to_none=True)
            torch.stack(losses).dot(torch.tensor(weights, dtype=torch.float32)).backward()
            if self.method == "nash_mtl":
                nn.utils.clip_grad_norm_(self.problem.shared, 1.0)
        else:
            J = self.matrix(losses, retain=False)
            if self.method in self.GRAMIAN:
                direction = torch.tensor(self.GRAMIAN[self.method]((J @ J.T).double().numpy()), dtype=J.dtype) @ J
            else:
                direction = self.GRADIENTS[self.method](J, losses) if self.method == "moco" else self.GRADIENTS[self.method](J)
            parts = direction.split([parameter.numel() for parameter in self.problem.shared])
            for parameter, part in zip(self.problem.shared, parts):
                parameter.grad = part.view_as(parameter)
        self.optimizer.step()


# ---- LibMTL: its weighting and its HPS joined into one class, losses and steps as in its Trainer (which itself needs CUDA)

class LibMTL:
    METHODS = {
        "sum": ("EW", {}), "mgda": ("MGDA", {"mgda_gn": "none"}), "pcgrad": ("PCGrad", {}), "imtl_g": ("IMTL", {}),
        "gradvac": ("GradVac", {"GradVac_beta": 0.5, "GradVac_group_type": 0}), "cagrad": ("CAGrad", {"calpha": 0.5, "rescale": 1}),
        "aligned_mtl": ("Aligned_MTL", {}),
        "nash_mtl": ("Nash_MTL", {"update_weights_every": 1, "optim_niter": 20, "max_norm": 1.0}), "fairgrad": ("FairGrad", {"FairGrad_alpha": 1.0}),
        "upgrad": ("UPGrad", {"UPGrad_norm_eps": 1e-4, "UPGrad_reg_eps": 1e-4}), "graddrop": ("GradDrop", {"leak": 0.0}),
        "moco": ("MoCo", {"MoCo_beta": 0.5, "MoCo_beta_sigma": 0.5, "MoCo_gamma": 0.1, "MoCo_gamma_sigma": 0.5, "MoCo_rho": 0}),
    }  # arguments: the defaults of LibMTL/config.py
    version = "LibMTL"

    def __init__(self, problem, method):
        for name in ("LibMTL", "LibMTL.weighting", "LibMTL.architecture"):  # not by their __init__, which imports packages of vision and graphs
            package = types.ModuleType(name)
            package.__path__ = [os.path.join(folder_of("LIBMTL"), *name.split("."))]
            sys.modules[name] = package
        if torch.__version__ >= "2":  # Aligned_MTL calls symeig, which torch 2 only has under another name
            torch.symeig = lambda matrix, eigenvectors: torch.linalg.eigh(matrix)
        name, self.arguments = self.METHODS[method]
        weighting = getattr(importlib.import_module("LibMTL.weighting." + name), name)
        architecture = importlib.import_module("LibMTL.architecture.HPS").HPS

        class Joined(architecture, weighting):
            def __init__(self, task_name, encoder_class, decoders, rep_grad, multi_input, device, **kwargs):
                super().__init__(task_name, encoder_class, decoders, rep_grad, multi_input, device, **kwargs)
                self.init_param()

        self.problem = problem
        self.tasks = [f"task{task}" for task in range(len(problem.heads))]
        decoders = nn.ModuleDict(dict(zip(self.tasks, problem.heads)))
        at_features = method == "graddrop"  # LibMTL's GradDrop knows only gradients of the features
        self.model = Joined(self.tasks, lambda: problem.trunk, decoders, at_features, False, torch.device("cpu"))
        self.optimizer = problem.adam(self.model.parameters())

    def forward(self):
        outputs = self.model(self.problem.x)
        losses = torch.zeros(len(self.tasks))
        for task, name in enumerate(self.tasks):
            losses[task] = self.problem.loss(task, outputs[name])
        return torch.stack([losses]).squeeze(0)

    def finish(self, losses):
        self.optimizer.zero_grad(set_to_none=False)
        self.model.backward(losses, **self.arguments)
        self.optimizer.step()


# ---- TorchJD: the loop of docs/source/examples/mtl.rst

class TorchJD:
    METHODS = {
        "sum": ("Sum", {}), "mgda": ("MGDA", {}), "pcgrad": ("PCGrad", {}), "gradvac": ("GradVac", {}), "cagrad": ("CAGrad", {"c": 0.5}),
        "imtl_g": ("IMTLG", {}), "aligned_mtl": ("AlignedMTL", {}), "nash_mtl": ("NashMTL", {"n_tasks": None}), "upgrad": ("UPGrad", {}),
        "fairgrad": ("FairGrad", {"alpha": 1.0}), "graddrop": ("GradDrop", {}),
    }
    version = "TorchJD"
    chunk = None

    def __init__(self, problem, method):
        sys.path.insert(0, os.path.join(folder_of("TORCHJD"), "src"))
        old_torch()
        name, arguments = self.METHODS[method]
        arguments = {key: len(problem.heads) if value is None else value for key, value in arguments.items()}
        self.aggregator = getattr(importlib.import_module("torchjd.aggregation"), name)(**arguments)
        self.problem = problem
        self.optimizer = problem.adam([*problem.trunk.parameters(), *problem.heads.parameters()])
        self.prepare()

    def prepare(self):
        self.autojac = importlib.import_module("torchjd.autojac")

    def forward(self):
        self.optimizer.zero_grad()
        self.features = self.problem.trunk(self.problem.x)
        return self.problem.losses(self.features)

    def finish(self, losses):
        self.autojac.mtl_backward(losses, features=self.features, parallel_chunk_size=self.chunk)
        self.autojac.jac_to_grad(self.problem.shared, self.aggregator)
        self.optimizer.step()


class TorchJDSequential(TorchJD):
    chunk = 1


class TorchJDEngine(TorchJD):
    METHODS = {key: value for key, value in TorchJD.METHODS.items() if key not in ("sum", "nash_mtl", "graddrop")}  # not by Gramians

    def prepare(self):
        self.engine = importlib.import_module("torchjd.autogram").Engine(self.problem.trunk, batch_dim=None)

    def finish(self, losses):
        losses = torch.stack(losses)
        losses.backward(self.aggregator.gramian_weighting(self.engine.compute_gramian(losses)))
        self.optimizer.step()


def old_torch():
    """The names that TorchJD's autojac uses of torch 2 and torch 1.13 has in other places."""
    if hasattr(torch.autograd.graph, "Node"):
        return
    torch.autograd.graph.Node = object
    vmap = torch._vmap_internals.vmap
    torch.vmap = lambda function, in_dims=0, chunk_size=None: vmap(function, in_dims)
    grad = torch.autograd.grad

    def materialized(outputs, inputs, *arguments, materialize_grads=False, **named):
        found = grad(outputs, inputs, *arguments, **named)
        return tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, inputs)) if materialize_grads else found

    torch.autograd.grad = materialized


def folder_of(variable):
    folder = os.environ.get(variable, "")
    if not os.path.isdir(folder):
        raise SystemExit(f"{variable}='{folder}': expected the folder of a checkout of that library")
    return folder


PEERS = {"plain": Plain, "libmtl": LibMTL, "torchjd": TorchJD, "torchjd-sequential": TorchJDSequential, "torchjd-engine": TorchJDEngine}


def openblas_core():
    """The processor whose kernels OpenBLAS runs: an old one that does not know this machine's takes it for a Prescott and is five times slower."""
    with open("/proc/self/maps") as maps:
        files = sorted({line.split()[-1] for line in maps if "/libopenblas" in line})
    if not files:
        return "no OpenBLAS"
    name = ctypes.CDLL(files[0]).openblas_get_corename
    name.restype = ctypes.c_char_p
    return "OpenBLAS for " + name().decode()


def resident(field):
    """MiB of a field of /proc/self/status."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field + ":"))


def memory(peer):
    ctypes.CDLL(None).mallopt(-3, 1 << 16)  # M_MMAP_THRESHOLD, fixed: what is freed leaves the process, so earlier steps hide nothing
    for _ in range(2):
        peer.finish(peer.forward())
    for parameter in [*peer.problem.trunk.parameters(), *peer.problem.heads.parameters()]:
        parameter.grad = None
    gc.collect()
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # the peak starts anew
    before = resident("VmRSS")
    losses = peer.forward()
    forward = resident("VmHWM") - before
    peer.finish(losses)
    return forward, resident("VmHWM") - before


def main():
    if len(sys.argv) not in (5, 6) or sys.argv[5:] not in ([], ["memory"]):
        raise SystemExit(__doc__)
    name, trunk, tasks, method = sys.argv[1:5]
    if name not in PEERS:
        raise SystemExit(f"peer '{name}': expected one of {', '.join(PEERS)}")
    if method not in PEERS[name].METHODS:
        raise SystemExit(f"method '{method}': {name} has {', '.join(PEERS[name].METHODS)}")
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    random.seed(0)
    peer = PEERS[name](Problem(trunk, int(tasks)), method)
    print(f"{peer.version}, torch {torch.__version__}, scipy {scipy.__version__}, {openblas_core()}, {torch.get_num_threads()} threads", flush=True)
    if sys.argv[5:]:
        print("{:.1f} {:.1f}".format(*memory(peer)), flush=True)
        return
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            peer.finish(peer.forward())
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
