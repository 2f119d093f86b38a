#!/usr/bin/env bash
# Trains the workloads under several vector widths, thread counts and compilers, and fails if a parameter differs by one bit.
#   bench/same-bits.sh          just in time: 512-bit and 256-bit vectors, one to three threads
#   bench/same-bits.sh --aot    also compiled ahead of time for this processor and for x86-64-v3 (AVX2); wants a C linker
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

dotnet build bench/Pilotage.Bits --nologo -v quiet
bits=artifacts/bin/Pilotage.Bits/release/Pilotage.Bits
"$bits" > "$out/just-in-time"
DOTNET_EnableAVX512=0 "$bits" > "$out/avx2"
DOTNET_PreferredVectorBitWidth=256 "$bits" > "$out/width-256"
"$bits" --threads 2 > "$out/threads-2"
DOTNET_EnableAVX512=0 "$bits" --threads 3 > "$out/avx2-threads-3"
if [ "${1:-}" = --aot ]; then
  for set in native x86-64-v3; do
    dotnet publish bench/Pilotage.Bits --nologo -v quiet -p:Aot="$set" -o "$out/publish-$set"
    "$out/publish-$set/Pilotage.Bits" > "$out/aot-$set"
  done
fi

cat "$out/just-in-time"
for run in "$out"/*; do
  [ -f "$run" ] || continue
  diff "$out/just-in-time" "$run" > /dev/null || { echo "$(basename "$run") differs:"; diff "$out/just-in-time" "$run"; exit 1; }
done
echo "the same bits in $(find "$out" -maxdepth 1 -type f | wc -l) settings"
