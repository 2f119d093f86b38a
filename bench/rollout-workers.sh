#!/usr/bin/env bash
# Trainings whose rollouts are played by one thread, two threads and two processes, by turns; steps per second relative to one thread, each round a column, and whether the parameters are the same.
# bench/rollout-workers.sh [rounds, 3 if left out]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds="${1:-3}"
runs="$(mktemp -d)"
trap 'rm -rf "$runs"' EXIT

value() { grep -o "\"$2\": *[^,}]*" "$1/report.json" | head -1 | sed 's/.*: *//'; }

measure() {
  local name="$1"; shift
  local way round base hash
  declare -A ratios=() hashes=()
  for round in $(seq "$rounds"); do
    for way in "" "--rollout-threads 2" "--workers 2"; do
      rm -rf "$runs/run"
      # shellcheck disable=SC2086  # a way is an option and its value
      ./pilotage train "$@" $way --evaluate-episodes 5 --out "$runs/run" > "$runs/log" 2>&1 || { cat "$runs/log"; exit 1; }
      speed="$(value "$runs/run" stepsPerSecond)"
      [ -n "$way" ] || base="$speed"
      ratios["${way:-one thread}"]+=" $(awk -v a="$speed" -v b="$base" 'BEGIN { printf "%.2f", a / b }')"
      hashes["$(value "$runs/run" parameterHash)"]=1
    done
  done
  [ "${#hashes[@]}" -eq 1 ] && hash="same parameters" || hash="PARAMETERS DIFFER"
  printf '%-24s %-28s %-28s %s\n' "$name" "2 threads${ratios["--rollout-threads 2"]}" "2 processes${ratios["--workers 2"]}" "$hash"
}

measure "CartPole ppo 8x32" --algorithm ppo --environment CartPole-v1 --steps 102400
measure "CartPole a2c 8x5" --algorithm a2c --environment CartPole-v1 --steps 20000
measure "Acrobot ppo 16x256" --algorithm ppo --environment Acrobot-v1 --steps 163840 --set environmentCount=16 --set horizon=256 --set holdNormalization=true
measure "HalfCheetah ppo 8x256" --algorithm ppo --environment HalfCheetah-v5 --steps 40960 --set environmentCount=8 --set horizon=256 --set holdNormalization=true
measure "Humanoid ppo 8x256" --algorithm ppo --environment Humanoid-v5 --steps 20480 --set environmentCount=8 --set horizon=256 --set holdNormalization=true
