"""The training step of GpuChecks/MmoeStep.cs in plain PyTorch, under the names of GpuChecks' timings; prints a JSON object of microseconds.

usage: mmoe_step.py [--cpu] [--brief]
"""
import json
import statistics
import sys
import time

import torch
from torch import nn

EXPERTS, TASKS, FEATURES, ROUNDS = 16, 8, 128, 9


class Mmoe(nn.Module):
    def __init__(self):
        super().__init__()
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(FEATURES, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU()) for _ in range(EXPERTS))
        self.gates = nn.ModuleList(nn.Linear(FEATURES, EXPERTS) for _ in range(TASKS))
        self.towers = nn.ModuleList(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1)) for _ in range(TASKS))

    def forward(self, x):
        features = torch.stack([expert(x) for expert in self.experts], 1)
        outputs = []
        for gate, tower in zip(self.gates, self.towers):
            mixed = (gate(x).softmax(1).unsqueeze(1) @ features).squeeze(1)
            outputs.append(tower(mixed).squeeze(1))
        return outputs


class Step:
    def __init__(self, device, batch):
        torch.manual_seed(11)
        self.model = Mmoe().to(device)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01, momentum=0.9)
        self.x = torch.sin(1 + 1.7 * torch.arange(batch * FEATURES, dtype=torch.float64)).float().reshape(batch, FEATURES).to(device)
        self.targets = [self.x[:, task] * self.x[:, task + 1] for task in range(TASKS)]

    def __call__(self):
        self.optimizer.zero_grad(set_to_none=False)
        outputs = self.model(self.x)
        sum(nn.functional.mse_loss(output, target) for output, target in zip(outputs, self.targets)).backward()
        self.optimizer.step()

    def capture(self):
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self()
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self()
        return graph


def median(on_cuda, calls, call):
    times = []
    for repetition in range(ROUNDS + 1):
        if on_cuda:
            torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(calls):
            call()
        if on_cuda:
            torch.cuda.synchronize()
        if repetition:
            times.append((time.perf_counter() - start) / calls * 1e6)
    return round(statistics.median(times), 3)


def main():
    on_cuda, brief = "--cpu" not in sys.argv, "--brief" in sys.argv
    device = torch.device("cuda" if on_cuda else "cpu")
    torch.set_num_threads(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    found = {}
    calls, steps, batch = (2_000, 2, 256) if brief else (20_000, 50, 4096)
    a, b = torch.ones(8, 8, device=device), torch.ones(8, 8, device=device)
    with torch.no_grad():
        found["x + y"] = median(on_cuda, calls, lambda: a + b)
    a.requires_grad_()
    found["x + y with gradients"] = median(on_cuda, calls, lambda: a + b)
    eager = Step(device, batch)
    for _ in range(3):
        eager()
    found[f"MMoE step, batch {batch}"] = median(on_cuda, steps, eager)
    if on_cuda:
        found[f"MMoE step, batch {batch}, graph"] = median(on_cuda, steps, Step(device, batch).capture().replay)
        torch.backends.cuda.matmul.allow_tf32 = True
        found[f"MMoE step, batch {batch}, TF32"] = median(on_cuda, steps, eager)
    print(json.dumps({"torch": torch.__version__, "microseconds": found}))


main()
