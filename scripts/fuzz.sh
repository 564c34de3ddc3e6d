#!/usr/bin/env bash
# Fuzzes each target of tests/fuzz for SECONDS (60), or those that are named: scripts/fuzz.sh [SECONDS [TARGET]...]
# It begins with texts of our own book and tests. A finding is named, kept in tests/fuzz/target/findings, and makes it exit
# with 1.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "usage: scripts/fuzz.sh [SECONDS [TARGET]...]" >&2; exit 2; }
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(extract claims compare config frames)

# Coverage of branches is an unstable option of the compiler. No sanitizer: it is safe Rust that is fuzzed, where a panic
# is the finding.
export RUSTC_BOOTSTRAP=1
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fuzz=(cargo fuzz)
options=(--fuzz-dir tests/fuzz --sanitizer none)
work=tests/fuzz/target

cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --version 0.13.2 --locked

# The versions that all else is built with.
cp Cargo.lock tests/fuzz/Cargo.lock
"${fuzz[@]}" build "${options[@]}"

seed() { mkdir -p "$work/corpus/$1" && cat >"$work/corpus/$1/seed-$2"; }

seeds() {
  local number=0 file line
  for file in README.md book/*.md exercises/*/*.md tests/conformance/*.md tests/claims/*/*.md; do
    number=$((number + 1))
    seed extract $number <"$file"
    # A byte for the options, then what stands in the fences.
    { printf 'a' && sed -n '/^```js/,/^```$/{/^```/d;p}' "$file"; } | seed claims $number
  done
  number=0
  sed -n 's,^.*// *\(=>\|→\|->\) *,,p' book/*.md tests/claims/*/*.md | sort -u | while IFS= read -r line; do
    number=$((number + 1))
    printf '\020x%s' "$line" | seed compare $number
  done
  seed config book <book.toml
  { cat book.toml && printf '\000state="chapter"\ntimeout="2s"\nrungs=["exact"]\nclock=2024-01-01T00:00:00Z\n'; } |
    seed config overrides
  for file in tests/fuzz/messages/*.json; do
    seed frames "$(basename "$file")" <"$file"
  done
}
seeds

found=()
for target in "${targets[@]}"; do
  printf '\n==> %s, for %s s\n' "$target" "$seconds"
  mkdir -p "$work/corpus/$target" "$work/findings/$target"
  "${fuzz[@]}" run "${options[@]}" "$target" "$work/corpus/$target" -- -max_total_time="$seconds" -max_len=8192 \
    -timeout=20 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 -artifact_prefix="$work/findings/$target/" ||
    found+=("$target")
done

if [ ${#found[@]} -gt 0 ]; then
  printf '\n==> findings in: %s\n' "${found[*]}"
  exit 1
fi
printf '\n==> nothing found\n'
