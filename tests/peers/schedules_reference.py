"""Prints the factors of learning rate schedules as Python's torch gives them: 5 epochs of 4 steps.

    /usr/bin/python3 tests/peers/schedules_reference.py        # torch 1.13; values pinned in tests/Polytask.Tests/Training/ScheduleTests.cs
"""
import warnings

import torch
from torch.optim import lr_scheduler as S

warnings.simplefilter("ignore")
EPOCHS, STEPS = 5, 4


def factors(make, per_epoch=False):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = make(optimizer)
    seen = []
    for _ in range(EPOCHS):
        for _ in range(STEPS):
            seen.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            # The last step has none after it, which OneCycleLR insists on.
            if not per_epoch and len(seen) < EPOCHS * STEPS:
                schedule.step()
        if per_epoch:
            schedule.step()
    return seen


total = EPOCHS * STEPS
for name, values in {
    "step": factors(lambda o: S.StepLR(o, 2, 0.3), per_epoch=True),
    "exponential": factors(lambda o: S.ExponentialLR(o, 0.7), per_epoch=True),
    "cosine": factors(lambda o: S.CosineAnnealingLR(o, total, eta_min=0.1)),
    "polynomial": factors(lambda o: S.PolynomialLR(o, total, power=2)),
    "one cycle": factors(lambda o: S.OneCycleLR(o, 1.0, total_steps=total, cycle_momentum=False)),
    "warm-up": factors(lambda o: S.LinearLR(o, start_factor=0.25, end_factor=1, total_iters=3)),
}.items():
    print(name, [float(f"{v:.9g}") for v in values])
