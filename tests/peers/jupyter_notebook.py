"""Executes a notebook with nbclient, as continuous integration services do.

    /usr/bin/python3 tests/peers/jupyter_notebook.py NOTEBOOK OUTPUT ["SOURCE"]

In the notebook's folder, with the kernel that it names. SOURCE is a cell that is run after the one tagged "parameters".
"""

import pathlib
import sys
import warnings

import nbformat
from nbclient import NotebookClient

warnings.simplefilter("ignore")

path = pathlib.Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)
if len(sys.argv) > 3:
    tagged = next(i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    notebook.cells.insert(tagged + 1, nbformat.v4.new_code_cell(sys.argv[3]))
NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])
