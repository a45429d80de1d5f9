"""Merging eight state dictionaries in plain PyTorch: reads a number of merges per line, answers with the seconds they took.

    merging.py METHOD MILLIONS      task-arithmetic, ties or dare; parameters of a model

Task arithmetic and DARE go tensor by tensor; TIES flattens the task vectors, trims them by torch.kthvalue, elects signs and adds up what agrees, as in
FusionBench's ties_merging_utils.py.
"""
import os
import sys
import time

import torch

MODELS, TENSORS, SCALE = 8, 100, 0.3


def model(millions):
    return {f"layer{i:02}.weight": torch.randn(millions * 10, 1000000 // TENSORS // 10) for i in range(TENSORS)}


def task_arithmetic(base, tuned):
    merged = {}
    for name, start in base.items():
        total = torch.zeros_like(start)
        for each in tuned:
            total += each[name] - start
        merged[name] = start + SCALE * total
    return merged


def dare(base, tuned, rate=0.9):
    merged = {}
    for name, start in base.items():
        total = torch.zeros_like(start)
        for each in tuned:
            kept = torch.bernoulli(torch.full_like(start, 1 - rate))
            total += (each[name] - start) * kept / (1 - rate)
        merged[name] = start + SCALE * total
    return merged


def ties(base, tuned, keep=0.2):
    flat = torch.cat([start.flatten() for start in base.values()])
    taus = torch.stack([torch.cat([tensor.flatten() for tensor in each.values()]) for each in tuned]) - flat
    least, _ = taus.abs().kthvalue(int((1 - keep) * taus.shape[1]), dim=1, keepdim=True)
    taus = taus * (taus.abs() >= least)
    signs = torch.sign(taus.sum(0))
    signs[signs == 0] = torch.sign(signs.sum())
    agreeing = torch.where(signs > 0, taus > 0, taus < 0)
    flat = flat + SCALE * (taus * agreeing).sum(0)
    merged, place = {}, 0
    for name, start in base.items():
        merged[name] = flat[place:place + start.numel()].view_as(start)
        place += start.numel()
    return merged


method = {"task-arithmetic": task_arithmetic, "dare": dare, "ties": ties}[sys.argv[1]]
torch.set_num_threads(len(os.sched_getaffinity(0)))
with torch.no_grad():
    base, *tuned = (model(int(sys.argv[2])) for _ in range(1 + MODELS))
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            method(base, tuned)
        print(time.perf_counter() - start, flush=True)
