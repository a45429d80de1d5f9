"""Writes a safetensors file of all element types from the format's description alone (struct, json and numpy; no library of the format).

    /usr/bin/python3 tests/peers/safetensors_reference.py       # writes tests/Polytask.Tests/Checkpoints/Reference/all-types.safetensors
"""
import json
import os
import struct

import numpy

WHERE = os.path.join(os.path.dirname(__file__), "..", "Polytask.Tests", "Checkpoints", "Reference", "all-types.safetensors")

# Types in the order of the format's reference implementation, which lays tensors out from the last type to the first and then by name.
ORDER = ["BOOL", "U8", "I8", "I16", "F16", "BF16", "I32", "F32", "F64", "I64"]
NUMPY = {"BOOL": "?", "U8": "<u1", "I8": "<i1", "I16": "<i2", "F16": "<f2", "I32": "<i4", "F32": "<f4", "F64": "<f8", "I64": "<i8"}


def encode(kind, values):
    if kind == "BF16":
        # The upper half of a float32; the values here need no rounding.
        return (numpy.asarray(values, "<f4").view("<u4") >> 16).astype("<u2").tobytes()
    return numpy.asarray(values).astype(NUMPY[kind]).tobytes()


def values_of(kind, count):
    k = numpy.arange(count)
    if kind == "BOOL":
        return k % 2 == 0
    if kind == "U8":
        return k * 50
    return k * 0.75 - 2 if "F" in kind else k - 2


def main():
    tensors = {f"all.{kind}": (kind, [2, 3]) for kind in ORDER}
    tensors["scalar"] = ("F32", [])
    tensors["empty"] = ("F64", [0, 3])
    tensors["größe.重み"] = ("F32", [4])
    tensors['a"b\\c'] = ("I64", [1, 1, 2])

    header, data = {"__metadata__": {"format": "pt", "größe": "a\nb"}}, b""
    for name, (kind, shape) in sorted(tensors.items(), key=lambda item: (-ORDER.index(item[1][0]), item[0].encode())):
        count = int(numpy.prod(shape)) if shape else 1
        piece = encode(kind, values_of(kind, count))
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(piece)]}
        data += piece
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(WHERE), exist_ok=True)
    with open(WHERE, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main()
