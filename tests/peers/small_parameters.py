"""Adam over 200 parameters of 64 elements with foreach=True: reads a number of steps per line, answers with the seconds they took."""
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(0)
parameters = [torch.nn.Parameter(torch.randn(64)) for _ in range(200)]
gradients = [torch.randn(64) for _ in parameters]
optimizer = torch.optim.Adam(parameters, lr=1e-3, foreach=True)
print(torch.__version__, flush=True)
for line in sys.stdin:
    seconds = 0.0
    for _ in range(int(line)):
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient
        start = time.perf_counter()
        optimizer.step()
        seconds += time.perf_counter() - start
    print(seconds, flush=True)
