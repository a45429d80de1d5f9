"""Writes what Python's torch gives for the modules, losses, initialisations and optimisers that TorchSharp.Tests checks.

    python3 tests/peers/torch_reference.py        # torch 1.13.1; writes tests/TorchSharp.Tests/Reference/torch-1.13.1.json

Each module case: seed 7, construct ("initial"), shift every floating parameter by a fixed pattern ("state"), run the input in training mode
("output"), the gradients of sum(output * pattern) ("gradients"), the state afterwards ("after") and the output in evaluation mode ("evaluated").
"""
import json
import math
import os
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
WHERE = os.path.join(os.path.dirname(__file__), "..", "TorchSharp.Tests", "Reference", "torch-1.13.1.json")


def pattern(shape, scale=1.0, shift=0.0):
    """Numbers that any language can make again: scale * sin(1 + 1.7 k) + shift."""
    count = math.prod(shape)
    return torch.tensor([scale * math.sin(1 + 1.7 * k) + shift for k in range(count)], dtype=torch.float64).float().reshape(shape)


def plain(tensor):
    tensor = tensor.detach()
    values = tensor.flatten().tolist()
    return {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") if isinstance(v, float) else v for v in values]}


def state(module):
    return OrderedDict((key, plain(value)) for key, value in module.state_dict().items())


MODULES = {
    "linear": (lambda: nn.Linear(5, 3), (4, 5)),
    "linear without bias": (lambda: nn.Linear(5, 3, bias=False), (2, 4, 5)),
    "sequential": (lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)), (3, 5)),
    "named sequential": (lambda: nn.Sequential(OrderedDict([("first", nn.Linear(5, 4)), ("bend", nn.Tanh()), ("last", nn.Linear(4, 2))])), (3, 5)),
    "relu": (nn.ReLU, (3, 5)),
    "leaky relu": (lambda: nn.LeakyReLU(0.2), (3, 5)),
    "elu": (lambda: nn.ELU(0.7), (3, 5)),
    "selu": (nn.SELU, (3, 5)),
    "gelu": (nn.GELU, (3, 5)),
    "gelu by tanh": (lambda: nn.GELU(approximate="tanh"), (3, 5)),
    "silu": (nn.SiLU, (3, 5)),
    "tanh": (nn.Tanh, (3, 5)),
    "sigmoid": (nn.Sigmoid, (3, 5)),
    "softplus": (lambda: nn.Softplus(2, 1.5), (3, 5)),
    "softmax": (lambda: nn.Softmax(1), (3, 5)),
    "log softmax": (lambda: nn.LogSoftmax(0), (3, 5)),
    "batch norm 1d": (lambda: nn.BatchNorm1d(3), (6, 3)),
    "batch norm 1d of sequences": (lambda: nn.BatchNorm1d(3, eps=1e-3, momentum=0.3), (4, 3, 5)),
    "batch norm 1d without affine": (lambda: nn.BatchNorm1d(3, affine=False), (6, 3)),
    "batch norm 1d without statistics": (lambda: nn.BatchNorm1d(3, track_running_stats=False), (6, 3)),
    "batch norm 2d": (lambda: nn.BatchNorm2d(2), (3, 2, 4, 4)),
    "layer norm": (lambda: nn.LayerNorm(6), (4, 6)),
    "layer norm of two dimensions": (lambda: nn.LayerNorm([3, 4], eps=1e-3), (2, 3, 4)),
    "group norm": (lambda: nn.GroupNorm(2, 4), (2, 4, 3, 3)),
    "conv 1d": (lambda: nn.Conv1d(3, 4, 3, stride=2, padding=1), (2, 3, 7)),
    "conv 1d same": (lambda: nn.Conv1d(3, 4, 4, padding="same", bias=False), (2, 3, 7)),
    "conv 1d circular": (lambda: nn.Conv1d(3, 4, 3, padding=2, padding_mode="circular"), (2, 3, 7)),
    "conv 2d": (lambda: nn.Conv2d(2, 4, 3, padding=1), (2, 2, 5, 6)),
    "conv 2d grouped": (lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2), (1, 4, 6, 7)),
    "conv 2d reflect": (lambda: nn.Conv2d(2, 3, 3, padding=(1, 2), padding_mode="reflect"), (1, 2, 5, 6)),
    "conv 2d same": (lambda: nn.Conv2d(2, 3, (3, 4), padding="same"), (1, 2, 5, 6)),
    "max pool 1d": (lambda: nn.MaxPool1d(3, stride=2, padding=1), (2, 2, 7)),
    "max pool 2d": (lambda: nn.MaxPool2d(2), (2, 2, 4, 6)),
    "avg pool 1d": (lambda: nn.AvgPool1d(3, stride=2, padding=1), (2, 2, 7)),
    "avg pool 2d": (lambda: nn.AvgPool2d((2, 3), stride=1, padding=(1, 0), count_include_pad=False), (2, 2, 4, 6)),
    "adaptive avg pool 1d": (lambda: nn.AdaptiveAvgPool1d(3), (2, 2, 7)),
    "adaptive avg pool 2d": (lambda: nn.AdaptiveAvgPool2d((2, 3)), (2, 2, 5, 7)),
    "flatten": (lambda: nn.Flatten(1, 2), (2, 3, 2, 2)),
    "unflatten": (lambda: nn.Unflatten(1, (2, 3)), (2, 6)),
}


def module_case(make, shape):
    torch.manual_seed(7)
    module = make()
    case = {"initial": state(module)}
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(pattern(parameter.shape, 0.3))
    case["state"] = state(module)
    source = pattern(shape, 2.0).requires_grad_()
    output = module(source)
    (output * pattern(output.shape)).sum().backward()
    case["output"] = plain(output)
    case["gradients"] = OrderedDict([("input", plain(source.grad))] + [(name, plain(p.grad)) for name, p in module.named_parameters()])
    case["after"] = state(module)
    case["evaluated"] = plain(module.eval()(source))
    return case


def embedding_case():
    torch.manual_seed(7)
    module = nn.Embedding(7, 3, padding_idx=2)
    case = {"initial": state(module)}
    output = module(torch.tensor([[1, 2], [6, 1]]))
    (output * pattern(output.shape)).sum().backward()
    case["output"] = plain(output)
    case["gradients"] = {"weight": plain(module.weight.grad)}
    return case


A, B = pattern((4, 3), 2.0), pattern((4, 3), 1.5, 0.3)
PROBABILITIES, TARGETS = torch.sigmoid(A), torch.sigmoid(B)
CLASSES = torch.tensor([0, 2, 1, 2])
WEIGHT = torch.tensor([0.5, 1.5, 2.0])
LOSSES = {
    "mse": lambda: F.mse_loss(A, B),
    "mse sum": lambda: F.mse_loss(A, B, reduction="sum"),
    "mse none": lambda: F.mse_loss(A, B, reduction="none"),
    "l1": lambda: F.l1_loss(A, B),
    "smooth l1": lambda: F.smooth_l1_loss(A, B, beta=0.7),
    "huber": lambda: F.huber_loss(A, B, delta=0.7),
    "cross entropy": lambda: F.cross_entropy(A, CLASSES),
    "cross entropy weighted": lambda: F.cross_entropy(A, CLASSES, WEIGHT),
    "cross entropy ignoring": lambda: F.cross_entropy(A, CLASSES, ignore_index=2),
    "cross entropy smoothed": lambda: F.cross_entropy(A, CLASSES, reduction="sum", label_smoothing=0.1),
    "cross entropy of probabilities": lambda: F.cross_entropy(A, torch.softmax(B, 1)),
    "nll": lambda: F.nll_loss(torch.log_softmax(A, 1), CLASSES, WEIGHT),
    "binary cross entropy": lambda: F.binary_cross_entropy(PROBABILITIES, TARGETS, WEIGHT),
    "binary cross entropy with logits": lambda: F.binary_cross_entropy_with_logits(A, TARGETS),
    "binary cross entropy with logits weighted": lambda: F.binary_cross_entropy_with_logits(A, TARGETS, WEIGHT, reduction="none", pos_weight=WEIGHT),
    "kl div": lambda: F.kl_div(torch.log_softmax(A, 1), torch.softmax(B, 1), reduction="sum"),
    "kl div of logs": lambda: F.kl_div(torch.log_softmax(A, 1), torch.log_softmax(B, 1), reduction="mean", log_target=True),
    "cosine similarity": lambda: F.cosine_similarity(A, B),
    "normalize": lambda: F.normalize(A),
    "one hot": lambda: F.one_hot(CLASSES, 4),
    "pad": lambda: F.pad(A, (1, 2, 0, 1), value=0.5),
    "dropout2d kept": lambda: F.dropout2d(A.reshape(1, 4, 3, 1), 0.5, training=False),
}

INITIALIZATIONS = {
    "kaiming uniform": lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming normal": lambda t: nn.init.kaiming_normal_(t, a=0.1, mode="fan_out"),
    "xavier uniform": lambda t: nn.init.xavier_uniform_(t, gain=nn.init.calculate_gain("tanh")),
    "xavier normal": lambda t: nn.init.xavier_normal_(t),
    "uniform": lambda t: nn.init.uniform_(t, -0.5, 2.0),
    "normal": lambda t: nn.init.normal_(t, 1.0, 0.5),
    "orthogonal": lambda t: nn.init.orthogonal_(t, 2.0),
}


def initialization(fill, shape):
    torch.manual_seed(11)
    return plain(fill(torch.empty(shape)))


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgd with momentum": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "sgd by nesterov": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.8, nesterov=True),
    "sgd upwards": lambda p: torch.optim.SGD(p, lr=0.001, maximize=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam with decay": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adam by amsgrad": lambda p: torch.optim.Adam(p, lr=0.05, amsgrad=True),
    "adam upwards": lambda p: torch.optim.Adam(p, lr=0.001, maximize=True),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "adamw by amsgrad": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.0, amsgrad=True),
}


def optimizer_case(make):
    net = nn.Sequential(nn.Linear(3, 9), nn.Tanh(), nn.Linear(9, 2))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(pattern(parameter.shape, 0.5))
    x, y = pattern((8, 3), 1.0), pattern((8, 2), 0.7, 0.2)
    optimizer = make(net.parameters())
    case = {}
    for step in range(1, 51):
        optimizer.zero_grad()
        F.mse_loss(net(x), y).backward()
        optimizer.step()
        if step in (1, 10, 50):
            case[str(step)] = plain(nn.utils.parameters_to_vector(net.parameters()))
    return case


def schedule(make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    scheduler = make(optimizer)
    rates = []
    for _ in range(12):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return rates


SCHEDULES = {
    "step": lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 8, 0.01),
    "lambda": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
}


def main():
    reference = {
        "torch": torch.__version__,
        "modules": {name: module_case(*case) for name, case in MODULES.items()},
        "embedding": embedding_case(),
        "losses": {name: plain(loss()) for name, loss in LOSSES.items()},
        "initializations": {name: {"matrix": initialization(fill, (4, 6)), "kernel": initialization(fill, (3, 2, 2, 2))} for name, fill in INITIALIZATIONS.items()},
        "optimizers": {name: optimizer_case(make) for name, make in OPTIMIZERS.items()},
        "schedules": {name: schedule(make) for name, make in SCHEDULES.items()},
    }
    with open(WHERE, "w") as file:
        json.dump(reference, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
