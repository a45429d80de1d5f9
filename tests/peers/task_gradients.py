"""The Gramian of eight tasks' gradients: reads a number of steps per line, answers with the seconds they took."""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

TASKS = 8
torch.set_num_threads(1)
torch.manual_seed(0)
shared = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU())
heads = [nn.Linear(256, 1) for _ in range(TASKS)]
parameters = list(shared.parameters())
x, y = torch.randn(256, 64), torch.randn(256, TASKS)
print(torch.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        hidden = shared(x)
        losses = [F.mse_loss(head(hidden).squeeze(1), y[:, task]) for task, head in enumerate(heads)]
        rows = [torch.autograd.grad(loss, parameters, retain_graph=task < TASKS - 1) for task, loss in enumerate(losses)]
        gramian = torch.zeros(TASKS, TASKS)
        for block in zip(*rows):
            block = torch.stack(block).reshape(TASKS, -1)
            gramian += block @ block.T
    print(time.perf_counter() - start, flush=True)
