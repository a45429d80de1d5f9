#!/bin/sh
# Runs the engine's checks and timings on a machine that has a CUDA device, PyTorch (its libraries and headers), g++, and no .NET.
#   run.sh [--cpu] [--brief] [--out results.json] [--notebook FILE.ipynb]...
# Lies beside the bundle (polytask-gpu.tar.gz, made by publish.sh), or in it. The first use compiles the bridge to libtorch, in some seconds.
# --cpu tries all of it without a device; --notebook also runs a notebook, with -p device=cuda.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=results.json device=cuda arguments= notebooks=
while [ $# -gt 0 ]; do
    case $1 in
        --cpu) device=cpu arguments="$arguments --cpu" ;;
        --brief) arguments="$arguments --brief" ;;
        --out) out=$2; shift ;;
        --notebook) notebooks="$notebooks $2"; shift ;;
        *) echo "unknown: $1; usage: run.sh [--cpu] [--brief] [--out results.json] [--notebook FILE.ipynb]..." >&2; exit 2 ;;
    esac
    shift
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -f "$here/polytask-gpu.tar.gz" ]; then
    tar -xzf "$here/polytask-gpu.tar.gz" -C "$work"
    bundle=$work/polytask-gpu
else
    bundle=$here
fi
status=0
"$bundle/bin/GpuChecks" $arguments --out "$work/polytask.json" || status=$?
[ -f "$work/polytask.json" ] || exit $status
echo '{}' >"$work/pytorch.json"
if python3 -c 'import torch' 2>/dev/null; then
    echo "== the same timings in PyTorch"
    python3 "$bundle/mmoe_step.py" $arguments >"$work/pytorch.json" || status=1
fi
: >"$work/notebooks"
for notebook in $notebooks; do
    echo "== $notebook"
    ran=0
    "$bundle/bin/Polytask.Cli" run "$notebook" -p scale=smoke -p device=$device -o "$work/out.ipynb" || ran=$?
    echo "$ran $notebook" >>"$work/notebooks"
    [ $ran -eq 0 ] || status=1
done
# Without Python there is no peer either, and the program's own file is all there is.
if command -v python3 >/dev/null; then
    python3 - "$work" "$out" <<'PYTHON'
import json, os, sys
work, out = sys.argv[1:]
read = lambda name: json.load(open(os.path.join(work, name)))
results = {"polytask": read("polytask.json"), "pytorch": read("pytorch.json")}
ours, theirs = results["polytask"]["microseconds"], results["pytorch"].get("microseconds", {})
results["ratio"] = {name: round(ours[name] / theirs[name], 3) for name in ours if name in theirs}
results["notebooks"] = {line.split(" ", 1)[1].strip(): int(line.split(" ", 1)[0]) for line in open(os.path.join(work, "notebooks"))}
json.dump(results, open(out, "w"), indent=2)
print(json.dumps(results["ratio"], indent=2))
PYTHON
else
    cp "$work/polytask.json" "$out"
fi
echo "results in $out"
exit $status
