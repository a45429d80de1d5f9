"""Writes the small files of torch.save (torch 1.13.1) that Polytask.Tests reads, and one by hand that would run a command if it were unpickled.

    /usr/bin/python3 tests/peers/torch_checkpoints.py       # writes tests/Polytask.Tests/Checkpoints/Reference/*.pt
"""
import os
import zipfile
from collections import OrderedDict

import torch
from torch import nn

WHERE = os.path.join(os.path.dirname(__file__), "..", "Polytask.Tests", "Checkpoints", "Reference")


def save(value, name, **options):
    torch.save(value, os.path.join(WHERE, name), **options)


def pattern(shape):
    count = torch.Size(shape).numel()
    return (torch.arange(count) * 0.25 - 1).reshape(shape)


def by_hand(name, pickle, data=b""):
    with zipfile.ZipFile(os.path.join(WHERE, name), "w") as archive:
        # A fixed date, so that the file is the same each time.
        for file, content in (("archive/data.pkl", pickle), ("archive/version", b"3\n"), ("archive/data/0", data)):
            archive.writestr(zipfile.ZipInfo(file), content)


def main():
    os.makedirs(WHERE, exist_ok=True)
    types = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64,
             torch.complex64, torch.complex128]
    save({str(kind).split(".")[1]: (torch.arange(6) % 2 == 0 if kind == torch.bool else torch.arange(6).to(kind)).reshape(2, 3) for kind in types}, "types.pt")

    net = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    with torch.no_grad():
        for value in net.state_dict().values():
            value.copy_(pattern(value.shape))
    save(net.state_dict(), "module.pt")
    for protocol in (2, 3, 4, 5):
        save(net.state_dict(), f"protocol{protocol}.pt", pickle_protocol=protocol)

    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    net(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    save({"model": OrderedDict(a=pattern([2])), "optimizer": optimizer.state_dict(), "epoch": 3, "rate": 1e-3, "best": None, "done": True, "name": "größe",
          "list": [pattern([1]), (pattern([2]), pattern([3]))], "shape": torch.Size([2, 3]), "type": torch.float32, "device": torch.device("cpu"),
          7: pattern([1]), "large": 2 ** 80}, "nested.pt")

    whole = pattern([4, 6])
    save({"whole": whole, "transposed": whole.t(), "rows": whole[1:3], "column": whole[:, 2], "stepped": whole[::2, ::3], "expanded": pattern([1]).expand(5),
          "scalar": torch.tensor(0.5), "empty": torch.zeros(0, 3), "parameter": nn.Parameter(pattern([2, 2])), "buffer": whole[0].clone().requires_grad_()},
         "layouts.pt")
    save(pattern([3]), "single.pt")
    save(net, "whole-module.pt")
    save({"a": pattern([2])}, "legacy.pt", _use_new_zipfile_serialization=False)

    # os.system('exit 1') as a pickle calls it, and the same hidden behind protocol 4's STACK_GLOBAL.
    by_hand("command.pt", b"\x80\x02cposix\nsystem\nX\x06\x00\x00\x00exit 1\x85R.")
    by_hand("command4.pt", b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.")


if __name__ == "__main__":
    main()
