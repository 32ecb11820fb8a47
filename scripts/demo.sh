#!/bin/sh
# Runs the main job on fixtures/demo and says where the lists are.
set -eu
bin=$1
here=$(dirname "$0")/..
out="$here/demo-out"
rm -rf "$out"
"$bin" run --out "$out" --as-of 2026-11-20T12:00:00Z "$here"/fixtures/demo
echo
echo "The lists:"
for f in "$out"/latest/*; do echo "  $f"; done
