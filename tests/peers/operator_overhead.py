"""The operators that tests/Benchmarks ops times, in PyTorch: reads 'name calls' per line, answers with the seconds that they took."""
import sys
import time

import torch
import torch.nn.functional as functional

torch.set_num_threads(1)
x, y = torch.ones(8, 8), torch.ones(8, 8)
w, b = torch.ones(8, 8), torch.ones(8)
p, q = torch.ones(8, 8, requires_grad=True), torch.ones(8, 8, requires_grad=True)
index = torch.tensor([0, 2, 4])
target = torch.zeros(8, 8)


def repeat(call):
    def run(count):
        start = time.perf_counter()
        for _ in range(count):
            call()
        return time.perf_counter() - start
    return run


operators = {
    "add": repeat(lambda: x + y),
    "add, recorded": repeat(lambda: p + q),
    "mul by number": repeat(lambda: x * 2.0),
    "relu": repeat(lambda: x.relu()),
    "matmul": repeat(lambda: x.matmul(y)),
    "sum over dim": repeat(lambda: x.sum(0)),
    "view": repeat(lambda: x.view(64)),
    "reshape": repeat(lambda: x.reshape(4, 16)),
    "transpose": repeat(lambda: x.transpose(0, 1)),
    "x[3]": repeat(lambda: x[3]),
    "index_select": repeat(lambda: x.index_select(0, index)),
    "cat": repeat(lambda: torch.cat([x, y], 0)),
    "linear": repeat(lambda: functional.linear(x, w, b)),
    "softmax": repeat(lambda: x.softmax(1)),
    "mean": repeat(lambda: x.mean()),
    "add_": repeat(lambda: target.add_(y)),
}

print(torch.__version__, flush=True)
for line in sys.stdin:
    name, count = line.rsplit(" ", 1)
    print(operators[name](int(count)), flush=True)
