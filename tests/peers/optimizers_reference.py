"""Writes fifty steps of every optimiser and forty epochs of every schedule as Python's torch takes them.

    /usr/bin/python3 tests/peers/optimizers_reference.py        # torch 1.13.1; writes tests/TorchSharp.Tests/Reference/optimizers.safetensors
"""
import warnings

import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.optim import lr_scheduler as S

from reference_file import pattern, write

torch.set_num_threads(1)
warnings.simplefilter("ignore")


class NAdam(optim.Optimizer):
    """NAdam as from torch 2.0 on: 1.13.1 multiplies the product of momenta by the current one twice."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay))

    def step(self, closure):
        closure()
        for group in self.param_groups:
            (beta1, beta2), lr = group["betas"], group["lr"]
            for p in group["params"]:
                with torch.no_grad():
                    state = self.state[p]
                    if not state:
                        state.update(t=0, product=1.0, m=torch.zeros_like(p), v=torch.zeros_like(p))
                    state["t"] += 1
                    t = state["t"]
                    g = p.grad + group["weight_decay"] * p
                    now, then = (beta1 * (1 - 0.5 * 0.96 ** (k * group["momentum_decay"])) for k in (t, t + 1))
                    state["product"] *= now
                    state["m"] = beta1 * state["m"] + (1 - beta1) * g
                    state["v"] = beta2 * state["v"] + (1 - beta2) * g * g
                    mean = then * state["m"] / (1 - state["product"] * then) + (1 - now) * g / (1 - state["product"])
                    p -= lr * mean / ((state["v"] / (1 - beta2 ** t)).sqrt() + group["eps"])


OPTIMIZERS = {
    "sgd": lambda p: optim.SGD(p, lr=0.05),
    "sgd with decay": lambda p: optim.SGD(p, lr=0.05, weight_decay=0.1),
    "sgd with momentum": lambda p: optim.SGD(p, lr=0.02, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "sgd by nesterov": lambda p: optim.SGD(p, lr=0.02, momentum=0.8, nesterov=True),
    "sgd upwards": lambda p: optim.SGD(p, lr=0.001, momentum=0.5, weight_decay=0.1, maximize=True),
    "adam": lambda p: optim.Adam(p, lr=0.01),
    "adam with decay": lambda p: optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adam by amsgrad": lambda p: optim.Adam(p, lr=0.05, amsgrad=True),
    "adam upwards": lambda p: optim.Adam(p, lr=0.001, maximize=True),
    "adamw": lambda p: optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "adamw by amsgrad": lambda p: optim.AdamW(p, lr=0.05, weight_decay=0.0, amsgrad=True),
    "adamw upwards": lambda p: optim.AdamW(p, lr=0.001, weight_decay=0.1, maximize=True),
    "adagrad": lambda p: optim.Adagrad(p, lr=0.1),
    "adagrad with decays": lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.05, weight_decay=0.1, initial_accumulator_value=0.2, eps=1e-6),
    "adadelta": lambda p: optim.Adadelta(p),
    "adadelta with decay": lambda p: optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-4, weight_decay=0.1),
    "adadelta upwards": lambda p: optim.Adadelta(p, lr=0.1, maximize=True),
    "adamax": lambda p: optim.Adamax(p, lr=0.02),
    "adamax with decay": lambda p: optim.Adamax(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "asgd": lambda p: optim.ASGD(p, lr=0.05),
    "asgd with decay": lambda p: optim.ASGD(p, lr=0.05, lambd=0.01, alpha=0.6, t0=20, weight_decay=0.1),
    "asgd upwards": lambda p: optim.ASGD(p, lr=0.001, maximize=True),
    "nadam": lambda p: NAdam(p, lr=0.01),
    "nadam with decay": lambda p: NAdam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, momentum_decay=0.01),
    "radam": lambda p: optim.RAdam(p, lr=0.01),
    "radam with decay": lambda p: optim.RAdam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "rmsprop": lambda p: optim.RMSprop(p, lr=0.01),
    "rmsprop with momentum": lambda p: optim.RMSprop(p, lr=0.005, alpha=0.9, eps=1e-6, weight_decay=0.1, momentum=0.8),
    "rmsprop centered": lambda p: optim.RMSprop(p, lr=0.005, alpha=0.9, eps=1e-4, centered=True),
    "rmsprop centered with momentum": lambda p: optim.RMSprop(p, lr=0.002, alpha=0.9, eps=1e-4, momentum=0.7, centered=True),
    "rmsprop upwards": lambda p: optim.RMSprop(p, lr=0.001, maximize=True),
    "rprop": lambda p: optim.Rprop(p, lr=0.01),
    "rprop with bounds": lambda p: optim.Rprop(p, lr=0.02, etas=(0.4, 1.3), step_sizes=(1e-4, 0.05)),
    "rprop upwards": lambda p: optim.Rprop(p, lr=0.001, maximize=True),
}

# One step takes several evaluations: fewer steps say as much.
LBFGS = {
    "lbfgs": lambda p: optim.LBFGS(p, lr=0.5, max_iter=4),
    "lbfgs with a short history": lambda p: optim.LBFGS(p, lr=0.2, max_iter=6, max_eval=5, history_size=3),
}


def net(dtype):
    made = nn.Sequential(nn.Linear(3, 9), nn.Tanh(), nn.Linear(9, 2))
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.copy_(pattern(parameter.shape, 0.5))
    return made.to(dtype)


def steps(make, count, dtype, wanted):
    made = net(dtype)
    x, y = pattern((8, 3)).to(dtype), pattern((8, 2), 0.7, 0.2).to(dtype)
    optimizer = make(made.parameters())

    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(made(x), y)
        loss.backward()
        return loss

    found = {}
    for step in range(1, count + 1):
        optimizer.step(closure)
        if step in wanted:
            found[step] = nn.utils.parameters_to_vector(made.parameters())
    if isinstance(optimizer, optim.ASGD):
        found["average"] = nn.utils.parameters_to_vector([optimizer.state[p]["ax"] for p in made.parameters()])
    return found


def measured(epoch):
    """What the plateau schedules watch: falling, flat, falling again, with a ripple."""
    return 1 / (1 + min(epoch, 8)) + (0.05 if 8 <= epoch < 20 else 0) - (0.02 * (epoch - 25) if epoch > 25 else 0) + 0.001 * (epoch % 3)


SCHEDULES = {
    "step": lambda o: S.StepLR(o, 3, 0.5),
    "multi step": lambda o: S.MultiStepLR(o, [5, 12, 12, 20], 0.3),
    "exponential": lambda o: S.ExponentialLR(o, 0.9),
    "cosine": lambda o: S.CosineAnnealingLR(o, 8, 0.01),
    "lambda": lambda o: S.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "lambdas": lambda o: S.LambdaLR(o, [lambda epoch: 0.9 ** epoch, lambda epoch: 1 / (1 + epoch)]),
    "multiplicative": lambda o: S.MultiplicativeLR(o, lambda epoch: 1 - 0.01 * epoch),
    "constant": lambda o: S.ConstantLR(o, 0.25, 7),
    "linear": lambda o: S.LinearLR(o, 0.2, 0.9, 12),
    "polynomial": lambda o: S.PolynomialLR(o, 30, 2.0),
    "polynomial of power one": lambda o: S.PolynomialLR(o, 20),
    "one cycle": lambda o: S.OneCycleLR(o, 1.0, total_steps=40),
    "one cycle in three phases": lambda o: S.OneCycleLR(o, [1.0, 0.5], epochs=4, steps_per_epoch=10, pct_start=0.4, anneal_strategy="linear", base_momentum=0.7, max_momentum=0.9,
                                                        div_factor=10, final_div_factor=100, three_phase=True),
    "one cycle without momentum": lambda o: S.OneCycleLR(o, 1.0, total_steps=45, cycle_momentum=False),
    "cyclic": lambda o: S.CyclicLR(o, 0.1, 0.9, step_size_up=5, step_size_down=8),
    "cyclic triangular2": lambda o: S.CyclicLR(o, [0.1, 0.01], [0.9, 0.2], step_size_up=6, mode="triangular2", base_momentum=0.6, max_momentum=0.95),
    "cyclic exp range": lambda o: S.CyclicLR(o, 0.1, 0.9, step_size_up=6, mode="exp_range", gamma=0.97, cycle_momentum=False),
    "cyclic by a function": lambda o: S.CyclicLR(o, 0.1, 0.9, step_size_up=6, scale_fn=lambda x: 1 / (1 + 0.1 * x), scale_mode="iterations"),
    "plateau": lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=3, cooldown=2, min_lr=[0.01, 0.02]),
    "plateau upwards": lambda o: S.ReduceLROnPlateau(o, mode="max", factor=0.3, patience=2, threshold=0.01, threshold_mode="abs"),
    "warm-up": lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, total_iters=5), S.CosineAnnealingLR(o, 35)], [5]),
    "three in sequence": lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 3), S.ExponentialLR(o, 0.8), S.StepLR(o, 4, 0.5)], [6, 15]),
    "chained": lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 4), S.ExponentialLR(o, 0.9), S.CosineAnnealingLR(o, 50)]),
}

# Schedules with a closed form: forwards, then a jump.
JUMPS = ["step", "multi step", "exponential", "cosine", "lambda", "constant", "linear", "polynomial"]


def groups():
    return [{"params": [torch.zeros(1, requires_grad=True)]}, {"params": [torch.zeros(1, requires_grad=True)], "lr": 0.04}]


def schedule(make, epochs=40, jump=None):
    optimizer = optim.SGD(groups(), lr=0.4, momentum=0.9)
    scheduler = make(optimizer)
    rows = []
    for epoch in range(epochs):
        rows.append([[group["lr"], group["momentum"]] for group in optimizer.param_groups])
        optimizer.step()
        if isinstance(scheduler, S.ReduceLROnPlateau):
            scheduler.step(measured(epoch))
        elif epoch == jump:
            scheduler.step(17)
        else:
            scheduler.step()
    return torch.tensor(rows, dtype=torch.float64)


def one_cycle_of_betas():
    optimizer = optim.Adam(groups(), lr=0.4)
    scheduler = S.OneCycleLR(optimizer, 1.0, total_steps=40)
    rows = []
    for _ in range(40):
        rows.append([[group["lr"], group["betas"][0]] for group in optimizer.param_groups])
        optimizer.step()
        scheduler.step()
    return torch.tensor(rows, dtype=torch.float64)


def main():
    tensors = {}
    for name, make in OPTIMIZERS.items():
        for step, value in steps(make, 50, torch.float32, (10, 50)).items():
            tensors[f"{name}/float32/{step}"] = value
        for step, value in steps(make, 50, torch.float64, (1, 50)).items():
            tensors[f"{name}/float64/{step}"] = value
    for name, make in LBFGS.items():
        # In single precision rounding grows from step to step, in any order of the same sums.
        tensors[f"{name}/float32/2"] = steps(make, 2, torch.float32, (2,))[2]
        tensors[f"{name}/float64/8"] = steps(make, 8, torch.float64, (8,))[8]
    for name, make in SCHEDULES.items():
        tensors[f"schedule/{name}"] = schedule(make)
    for name in JUMPS:
        tensors[f"jump/{name}"] = schedule(SCHEDULES[name], 30, jump=9)
    tensors["schedule/one cycle of betas"] = one_cycle_of_betas()
    write("optimizers", tensors)


if __name__ == "__main__":
    main()
