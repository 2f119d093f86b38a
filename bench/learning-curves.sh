#!/usr/bin/env bash
# Learning curves beside rl-baselines3-zoo's figures: every algorithm on every classic task at its budget there, ten seeds, two trials at once with one thread each.
# Goes on where it stopped. Writes trials/, curves.csv, table.md and curves.svg into the folder that is given, by default runs/learning-curves.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out="${1:-runs/learning-curves}"
[ $# -gt 0 ] && shift
dotnet build -c Release -v quiet --nologo bench/Pilotage.Curves
exec dotnet artifacts/bin/Pilotage.Curves/release/Pilotage.Curves.dll "$out" "$@"
