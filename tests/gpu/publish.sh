#!/usr/bin/env bash
# Makes polytask-gpu.tar.gz for tests/gpu/run.sh: .NET, GpuChecks and the polytask command, for a linux-x64 machine that has no .NET.
#   publish.sh [FOLDER]      where the archive and run.sh go; by default artifacts/gpu
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:-artifacts/gpu}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/polytask-gpu
# Both into one folder: they share the runtime and the engine.
for project in tests/gpu/GpuChecks src/Polytask.Cli; do
    dotnet publish "$project" -c Release -r linux-x64 --self-contained -p:Provision=false -p:DebugType=none -p:GenerateDocumentationFile=false \
        -v q -nologo -o "$bundle/bin"
done
cp tests/gpu/run.sh tests/gpu/mmoe_step.py "$bundle/"
# For notebooks: found above the program.
cp -r datasets "$bundle/"
mkdir -p "$target"
tar -C "$work" --owner=0 --group=0 -cf - polytask-gpu | gzip -9 >"$target/polytask-gpu.tar.gz"
cp tests/gpu/run.sh "$target/"
size=$(stat -c %s "$target/polytask-gpu.tar.gz")
echo "$target/polytask-gpu.tar.gz: $((size / 1048576)) MiB"
# Small enough to carry to a machine that is reached through a narrow door.
[ "$size" -le $((60 * 1048576)) ] || { echo "more than 60 MiB" >&2; exit 1; }
