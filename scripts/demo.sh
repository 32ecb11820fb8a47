#!/bin/sh
# Runs the main job on fixtures/demo and says where the lists are.
set -eu
cd "$(dirname "$0")/.."
bin=${1:-bin/cleanbase}
out=demo-out
rm -rf "$out"
"$bin" run --out "$out" --as-of 2026-11-20T12:00:00Z fixtures/demo
echo
echo "The lists:"
for f in "$out"/latest/*; do echo "  $f"; done
