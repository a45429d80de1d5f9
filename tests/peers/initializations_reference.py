"""Writes initial values that Python's torch draws.

    /usr/bin/python3 tests/peers/initializations_reference.py        # torch 1.13.1; writes tests/TorchSharp.Tests/Reference/initializations.safetensors
"""
import torch
from torch.nn import init

from reference_file import write


def drawn(fill, *shape):
    torch.manual_seed(11)
    return fill(torch.empty(shape))


write("initializations", {
    "truncated normal": drawn(lambda t: init.trunc_normal_(t, 0.5, 2.0, -1.0, 2.5), 5, 6),
    "sparse": drawn(lambda t: init.sparse_(t, 0.3, 0.5), 7, 4),
    "dirac": drawn(init.dirac_, 3, 4, 3, 2),
    "eye": drawn(init.eye_, 3, 4),
})
