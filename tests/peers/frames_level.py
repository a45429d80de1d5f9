"""The text column as a level of the row keys, the mean of a column by it: a number of steps per line in, the seconds they took out."""
import os
import sys
import tempfile
import time

import pandas

frame = pandas.read_csv(os.path.join(tempfile.gettempdir(), "polytask-frames.csv"))
print(pandas.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        frame.set_index("key", append=True)["a"].groupby(level="key", sort=False).mean()
    print(time.perf_counter() - start, flush=True)
