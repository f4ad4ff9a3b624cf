#!/usr/bin/env bash
# Tests that ./course builds with the compiler of the system: launcher_test.sh REPOSITORY. Runs a copy of it whose cmake
# and ninja only write down the variables that they see.
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
mkdir -p "$scratch/cmake" "$scratch/build" "$scratch/bin"
cp -- "$1/course" "$scratch/course"
cp -- "$1/cmake/packages.txt" "$scratch/cmake/"
touch "$scratch/build/packages.ok"

cat >"$scratch/bin/cmake" <<'END'
#!/bin/sh
env >>"$SEEN"
END
cat >"$scratch/bin/ninja" <<'END'
#!/bin/sh
env >>"$SEEN"
mkdir -p "$2/grader"
printf '#!/bin/sh\nenv >>"$SEEN"\n' >"$2/grader/course"
chmod +x "$2/grader/course"
END
chmod +x "$scratch/bin/cmake" "$scratch/bin/ninja"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

export SEEN=$scratch/seen
said=$(env PATH="$scratch/bin:$PATH" CC=conda-cc CXX=conda-c++ CXXFLAGS=-march=nocona LDFLAGS=-L/conda/lib \
  "$scratch/course" 2>&1)
[[ $(grep -c '^COURSE_ROOT=' "$SEEN") == 3 ]] || fail "cmake, ninja and the program should run once each"
! grep -E '^(CC|CXX|CXXFLAGS|LDFLAGS)=' "$SEEN" || fail "these variables reached the build"
[[ $(grep -c 'CC CXX CXXFLAGS LDFLAGS' <<<"$said") == 1 ]] || fail "one line should name the variables:" "$said"

rm -r "$scratch/build/check"
said=$(env -u CC -u CXX -u CFLAGS -u CXXFLAGS -u CPPFLAGS -u LDFLAGS -u CPATH -u LIBRARY_PATH -u CMAKE_PREFIX_PATH \
  PATH="$scratch/bin:$PATH" "$scratch/course" 2>&1)
! grep 'of this shell' <<<"$said" || fail "without such variables nothing should be said"
