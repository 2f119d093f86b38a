#!/usr/bin/env bash
# samples/Act compiled ahead of time beside the same program compiled while it runs: size, start and decisions a second on a 64-64 policy, the middle of five alternating runs.
#   bench/ahead-of-time.sh [seconds of each run]        wants a C linker
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds="${1:-2}"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

./pilotage train --algorithm ppo --environment CartPole-v1 --steps 10000 --set 'hidden=[64,64]' --out "$out/run" > "$out/training" || { cat "$out/training"; exit 1; }
dotnet build samples/Act --nologo -v quiet
declare -A program=([just-in-time]=artifacts/bin/Act/release/Act)
for set in native x86-64-v3; do
  dotnet publish samples/Act --nologo -v quiet -p:Aot="$set" -o "$out/$set" >&2
  program[aot-$set]="$out/$set/Act"
done

kinds=(just-in-time aot-native aot-x86-64-v3)
for round in 1 2 3 4 5; do
  for kind in "${kinds[@]}"; do "${program[$kind]}" "$out/run" --measure "$seconds" > "$out/$kind.$round"; done
done
for kind in "${kinds[@]}"; do
  for round in $(seq 21); do
    from=$(date +%s%N); "${program[$kind]}" "$out/run" 0.01 0.02 0.03 0.04 > "$out/$kind.action"; to=$(date +%s%N)
    echo $(((to - from) / 10000))
  done | sort -n | sed -n 11p > "$out/$kind.start"
  cmp -s "$out/just-in-time.action" "$out/$kind.action" || { echo "$kind decides otherwise"; exit 1; }
done

middle() { cat "$out/$1".? | awk -v rows="$2" '$1 == rows && $2 == "rows" { print $(NF - 1) }' | sort -n | sed -n 3p; }
printf '%-16s %10s %10s %16s %16s   %s\n' program "size MB" "start ms" "1 row, /s" "64 rows, /s" vectors
for kind in "${kinds[@]}"; do
  case "$kind" in just-in-time) size=- ;; *) size=$(stat -c %s "${program[$kind]}" | awk '{ printf "%.2f", $1 / 1e6 }') ;; esac
  printf '%-16s %10s %10s %16s %16s   %s\n' "$kind" "$size" "$(awk '{ printf "%.1f", $1 / 100 }' "$out/$kind.start")" "$(middle "$kind" 1)" "$(middle "$kind" 64)" "$(head -1 "$out/$kind.1" | sed 's/.*vectors: //')"
done
