"""What the scripts that write reference vectors share: numbers that any language can make again, and safetensors files."""
import json
import math
import os
import struct

import numpy
import torch


def pattern(shape, scale=1.0, shift=0.0):
    """scale * sin(1 + 1.7 k) + shift as float32, as Reference.Pattern makes it."""
    count = math.prod(shape)
    return torch.tensor([scale * math.sin(1 + 1.7 * k) + shift for k in range(count)], dtype=torch.float64).float().reshape(shape)


NAMES = {"float32": "F32", "float64": "F64", "int64": "I64", "bool": "BOOL"}


def write(name, tensors):
    """Writes tests/TorchSharp.Tests/Reference/<name>.safetensors."""
    header, data = {}, b""
    for key, value in tensors.items():
        value = value.detach().numpy() if isinstance(value, torch.Tensor) else numpy.asarray(value)
        piece = value.tobytes()
        header[key] = {"dtype": NAMES[str(value.dtype)], "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(piece)]}
        data += piece
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(os.path.dirname(__file__), "..", "TorchSharp.Tests", "Reference", f"{name}.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
