"""The models that tests/Benchmarks/SharingSteps.cs declares, in plain PyTorch: reads a number of steps per line, answers with the seconds they took.

usage: sharing.py mmoe|ple|cross-stitch|transformer SEED [product]. With "product" gates mix experts by einsum, as LibMTL writes it, which is a product for each
row; without it they multiply and sum, on this libtorch the fastest way in plain PyTorch. The first line is the version, the number of parameters, and the loss before the first step: weights and
rows are drawn in the order of the declaration, so that one seed gives the same numbers on both sides.
"""
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def mlp(*widths):
    return nn.Sequential(*(layer for a, b in zip(widths, widths[1:]) for layer in (nn.Linear(a, b), nn.ReLU())))


def mix(gate, x, features):
    weights = gate(x).softmax(1)
    return torch.einsum("be,beh->bh", weights, features) if "product" in sys.argv else (weights.unsqueeze(2) * features).sum(1)


class Mmoe(nn.Module):
    INPUT, TASKS, BATCH = (128,), 8, 1024

    def __init__(self, experts=16):
        super().__init__()
        self.experts = nn.ModuleList(mlp(128, 128, 64) for _ in range(experts))
        self.gates = nn.ModuleList(nn.Linear(128, experts, bias=False) for _ in range(self.TASKS))
        self.towers = nn.ModuleList(nn.Sequential(mlp(64, 32), nn.Linear(32, 1)) for _ in range(self.TASKS))

    def forward(self, x):
        features = torch.stack([expert(x) for expert in self.experts], 1)
        return [tower(mix(gate, x, features)).squeeze(1) for gate, tower in zip(self.gates, self.towers)]


class Extraction(nn.Module):
    """A level of PLE: from a tensor for each task and a shared one to the same; the last level leaves out the shared one."""

    def __init__(self, width, tasks, shared, own, last):
        super().__init__()
        self.shared = nn.ModuleList(mlp(width, 64, 32) for _ in range(shared))
        self.own = nn.ModuleList(nn.ModuleList(mlp(width, 64, 32) for _ in range(own)) for _ in range(tasks))
        self.gates = nn.ModuleList(nn.Linear(width, shared + own, bias=False) for _ in range(tasks))
        self.shared_gate = None if last else nn.Linear(width, shared + tasks * own, bias=False)

    def forward(self, tasks, shared):
        common = [expert(shared) for expert in self.shared]
        own = [[expert(x) for expert in experts] for experts, x in zip(self.own, tasks)]
        mixed = [mix(gate, x, torch.stack(common + mine, 1)) for gate, x, mine in zip(self.gates, tasks, own)]
        return mixed, self.shared_gate and mix(self.shared_gate, shared, torch.stack(common + sum(own, []), 1))


class Ple(nn.Module):
    INPUT, TASKS, BATCH = (128,), 4, 1024

    def __init__(self, shared=4, own=2):
        super().__init__()
        self.levels = nn.ModuleList(
            [Extraction(128, self.TASKS, shared, own, False), Extraction(32, self.TASKS, shared, own, True)])
        self.towers = nn.ModuleList(nn.Sequential(mlp(32, 16), nn.Linear(16, 1)) for _ in range(self.TASKS))

    def forward(self, x):
        tasks, shared = [x] * self.TASKS, x
        for level in self.levels:
            tasks, shared = level(tasks, shared)
        return [tower(features).squeeze(1) for tower, features in zip(self.towers, tasks)]


def unit(a, b, stride=1):
    return nn.Sequential(nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU())


class BasicBlock(nn.Module):
    def __init__(self, a, b, stride):
        super().__init__()
        self.inner = nn.Sequential(unit(a, b, stride), nn.Conv2d(b, b, 3, 1, 1, bias=False), nn.BatchNorm2d(b))
        changes = a != b or stride > 1
        self.shortcut = nn.Sequential(nn.Conv2d(a, b, 1, stride, bias=False), nn.BatchNorm2d(b)) if changes else nn.Identity()

    def forward(self, x):
        return F.relu(self.inner(x) + self.shortcut(x))


class CrossStitch(nn.Module):
    INPUT, TASKS, BATCH = (3, 32, 32), 4, 32

    def __init__(self):
        super().__init__()
        stages = [
            lambda: nn.Sequential(unit(3, 16), BasicBlock(16, 16, 1)),
            lambda: nn.Sequential(unit(16, 16), BasicBlock(16, 16, 1), BasicBlock(16, 32, 2)),
            lambda: nn.Sequential(unit(32, 32), BasicBlock(32, 32, 1), BasicBlock(32, 64, 2))]
        self.stages = nn.ModuleList(nn.ModuleList(stage() for _ in range(self.TASKS)) for stage in stages)
        start = torch.full((self.TASKS, self.TASKS), 0.1 / (self.TASKS - 1)).fill_diagonal_(0.9)
        self.alphas = nn.ParameterList(nn.Parameter(start.clone()) for _ in stages)
        self.heads = nn.ModuleList(nn.Linear(64, 1) for _ in range(self.TASKS))

    def forward(self, x):
        tasks = [x] * self.TASKS
        for towers, alpha in zip(self.stages, self.alphas):
            features = torch.stack([tower(x) for tower, x in zip(towers, tasks)])
            tasks = torch.einsum("ij,j...->i...", alpha, features).unbind()
        return [head(features.mean((2, 3))).squeeze(1) for head, features in zip(self.heads, tasks)]


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.output, self.input = nn.Linear(width, width), nn.Linear(width, 3 * width)
        nn.init.xavier_uniform_(self.input.weight)
        nn.init.zeros_(self.input.bias)
        nn.init.zeros_(self.output.bias)

    def forward(self, x):
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in self.input(x).chunk(3, -1))
        # Before 2.0 it had an underscore and gave the weights, too.
        mixed = F.scaled_dot_product_attention(q, k, v) if hasattr(F, "scaled_dot_product_attention") else F._scaled_dot_product_attention(q, k, v)[0]
        return self.output(mixed.transpose(1, 2).flatten(2))


class TransformerLayer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.attention = Attention(width, heads)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.feedforward = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))

    def forward(self, x):
        x = x + self.attention(self.norms[0](x))
        return x + self.feedforward(self.norms[1](x))


class Transformer(nn.Module):
    INPUT, TASKS, BATCH = (16, 48), 4, 16

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(*(TransformerLayer(48, 4, 96) for _ in range(4)), nn.LayerNorm(48))
        self.heads = nn.ModuleList(nn.Linear(48, 1) for _ in range(self.TASKS))

    def forward(self, x):
        features = self.layers(x).mean(1)
        return [head(features).squeeze(1) for head in self.heads]


torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or 1))
torch.manual_seed(int(sys.argv[2]))
model = {"mmoe": Mmoe, "ple": Ple, "cross-stitch": CrossStitch, "transformer": Transformer}[sys.argv[1]]()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
x = torch.randn(model.BATCH, *model.INPUT)
targets = torch.randn(model.TASKS, model.BATCH).unbind()


def loss():
    return sum(F.mse_loss(output, target) for output, target in zip(model(x), targets))


with torch.no_grad():
    print(torch.__version__, sum(parameter.numel() for parameter in model.parameters()), loss().item(), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
    print(time.perf_counter() - start, flush=True)
