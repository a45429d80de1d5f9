"""Writes the reference notebooks that Polytask.Notebooks.Tests compares bytes with.

    /usr/bin/python3 tests/peers/nbformat_reference.py tests/Polytask.Notebooks.Tests/Reference

For each case, NAME.json is a notebook as some tool may have left it (any key order, any spacing, joined texts) and NAME.ipynb is what
nbformat.write makes of it. With `--rewrite FILE...` it reads notebooks and writes each to FILE.peer.
"""

import json
import pathlib
import sys
import warnings

import nbformat

warnings.simplefilter("ignore")


def cell(kind, source, number, **fields):
    base = {"cell_type": kind, "source": source, "metadata": {}, "id": f"cell-{number}"}
    if kind == "code":
        base |= {"outputs": [], "execution_count": None}
    return base | fields


def notebook(*cells, **metadata):
    return {"nbformat_minor": 5, "nbformat": 4, "cells": list(cells), "metadata": metadata}


CASES = {
    "empty": notebook(),
    "texts": notebook(
        cell("markdown", "# Title\n\nText with \"quotes\", back\\slashes and a tab\t.", 1),
        cell("code", "", 2),
        cell("code", "no final line end", 3),
        cell("code", "windows\r\nold mac\rform\ffeed vertical\vtab \x1c\x1d\x1e\x85next\u2028line\u2029end\n", 4),
        cell("raw", "\n\n", 5),
        cell("markdown", "umlaut ä, emoji 😀, \x7f delete, \x01 control, \u00a0 space, </script>", 6),
    ),
    "outputs": notebook(
        cell("code", "1", 1, execution_count=1, outputs=[
            {"output_type": "stream", "name": "stdout", "text": "a\nb\n"},
            {"output_type": "stream", "name": "stderr", "text": ""},
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {
                "text/plain": "x\ny", "text/html": "<b>\n</b>", "application/json": {"b": [1, 2.0], "a": "x\ny"},
                "application/vnd.plotly.v1+json": {"data": [], "layout": {}}, "image/png": "aGVs\nbG8=\n",
                "image/svg+xml": "<svg>\n</svg>", "application/javascript": "a()\nb()", "application/xml": "<a>\n</a>"}},
            {"output_type": "display_data", "metadata": {"isolated": True}, "data": {"application/vnd.x+json": "text\nkept"}},
            {"output_type": "error", "ename": "E", "evalue": "v\nw", "traceback": ["one\ntwo", "three"]},
        ]),
        cell("markdown", "![](attachment:a.txt)", 2, attachments={"a.txt": {"text/plain": "one\ntwo", "image/png": "aaaa\n"}}),
    ),
    "numbers": notebook(numbers={
        "floats": [1.0, 0.1, -0.0, 1e-05, 0.0001, 1e15, 1e16, 123456789012345680.0, 1.5e300, 5e-324, 1.7976931348623157e308,
                   0.30000000000000004, 100.0, 1e22, 1e23, 2.5e-7, 3.141592653589793, float("nan"), float("inf"), float("-inf")],
        "integers": [0, -1, 2**53 + 1, 2**63 - 1, -(2**63), 2**64, 10**40],
        "others": [True, False, None, {}, [], [[]], [{}]],
    }),
    "metadata": notebook(
        cell("code", "x", 1, metadata={"tags": ["parameters"], "unknown": {"z": 1, "a": [1.50, {"k": None}]}, "trusted": True}, other_field={"kept": 1}),
        kernelspec={"name": "k", "display_name": "K", "language": "C#"}, signature="dropped", orig_nbformat=3,
        order={"b": 1, "B": 2, "a": 3, "é": 4, "\uffff": 5, "😀": 6, "": 7, "10": 8, "9": 9},
    ),
    "older": {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
        {"cell_type": "code", "source": "a\nb", "metadata": {"collapsed": False}, "outputs": [], "execution_count": 7}]},
}


def write_references(folder):
    for name, content in CASES.items():
        text = json.dumps(content, ensure_ascii=name == "texts", indent=None if name == "texts" else 3)
        (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="")
        nbformat.write(nbformat.from_dict(content), str(folder / f"{name}.ipynb"))


if sys.argv[1] == "--rewrite":
    for path in sys.argv[2:]:
        nbformat.write(nbformat.read(path, as_version=nbformat.NO_CONVERT), path + ".peer")
else:
    write_references(pathlib.Path(sys.argv[1]))
