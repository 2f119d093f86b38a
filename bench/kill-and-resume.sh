#!/usr/bin/env bash
# Kills trainings with SIGKILL at random moments, resumes them, and fails if one parameter differs from the uninterrupted run by one bit.
#   bench/kill-and-resume.sh [moments, default 20] [seed of the moments, default 1]
# Takes the learners of `pilotage list algorithms` in turn, each on an environment that it can learn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
moments="${1:-20}"
RANDOM="${2:-1}"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

./pilotage list algorithms > "$out/algorithms"
mapfile -t algorithms < <(awk '/^[[:space:]]+[a-z][a-z0-9-]*[[:space:]][[:space:]]/ { print $1 }' "$out/algorithms")
[ "${#algorithms[@]}" -gt 0 ] || { echo "no algorithm is listed"; exit 1; }
tool=artifacts/bin/Pilotage.Cli/release/Pilotage.Cli.dll

# Settings that make a run of some seconds with a checkpoint every few hundred milliseconds.
settings() {
  case "$1" in
    sac | td3 | ddpg) echo "--environment Pendulum-v1 --steps 2500 --checkpoint-every 200 --set hidden=[32] --set learningStarts=200" ;;
    dqn | qr-dqn) echo "--environment CartPole-v1 --steps 40000 --checkpoint-every 2000" ;;
    cma-es) echo "--environment CartPole-v1 --steps 400000 --checkpoint-every 20000" ;;
    *) echo "--environment CartPole-v1 --steps 400000 --checkpoint-every 10000" ;;
  esac
}

hash_of() { awk -F'"' '/"parameterHash"/ { print $4 }' "$1"; }

failures=0
for ((i = 0; i < moments; i++)); do
  algorithm="${algorithms[$((i % ${#algorithms[@]}))]}"
  # shellcheck disable=SC2046
  set -- train --algorithm "$algorithm" $(settings "$algorithm") --seed 3 --evaluate-episodes 2
  whole="$out/$algorithm.json"
  if [ ! -f "$whole" ]; then
    begin=$(date +%s%N)
    dotnet "$tool" "$@" --json --out "$out/$algorithm" > "$whole" 2> "$out/error" || { cat "$out/error"; exit 1; }
    eval "milliseconds_${algorithm//-/_}=$((($(date +%s%N) - begin) / 1000000))"
  fi
  length="milliseconds_${algorithm//-/_}"
  moment=$((50 + (RANDOM * 32768 + RANDOM) % ${!length}))
  dotnet "$tool" "$@" --out "$out/$i" > "$out/output" 2> "$out/error" &
  process=$!
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -9 "$process" 2> /dev/null || true
  wait "$process" 2> /dev/null || true
  if [ -f "$out/$i/report.json" ]; then
    state="had ended"
    cp "$out/$i/report.json" "$out/resumed"
  elif [ ! -f "$out/$i/config.yaml" ]; then
    state="had not begun"
    dotnet "$tool" "$@" --json --out "$out/again-$i" > "$out/resumed" 2> "$out/error" || { cat "$out/error"; exit 1; }
  else
    state="resumed with $(find "$out/$i/checkpoints" -name '*.safetensors' 2> /dev/null | wc -l) checkpoints"
    dotnet "$tool" resume "$out/$i" --json > "$out/resumed" 2> "$out/error" || { echo "$algorithm after $moment ms:"; cat "$out/error"; exit 1; }
  fi
  if [ "$(hash_of "$whole")" = "$(hash_of "$out/resumed")" ] && [ -n "$(hash_of "$whole")" ]; then verdict="the same bits"; else verdict="DIFFERENT"; failures=$((failures + 1)); fi
  printf '%-16s killed after %5d of %5d ms, %-28s %s\n' "$algorithm" "$moment" "${!length}" "$state" "$verdict"
done
[ "$failures" -eq 0 ] || { echo "$failures of $moments differ"; exit 1; }
echo "$moments of $moments the same bits"
