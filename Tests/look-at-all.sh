#!/bin/sh
# Usage: look-at-all.sh PROFTUI FILE...
# Prints every report of each file and shows it in every view; complains where the program ends by a
# signal or a sanitizer has something to say.
set -u
proftui=$1
shift

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cat >"$scratch/keys" <<'KEYS'
size 100x40
G g j i 3 j Enter l 4 Enter < 5 } 2 o E i 6 A j Enter 7 j ( u 8 Enter 9 0 1
a 3 a 2 a 5 a 1 a a r p u f 3 u x 2 u H 5 u U & e Backspace Esc / e Enter n N Esc t T % m s Esc S
:
type write /dev/null
Enter
screen
size 20x5
1 2 3 4 5 6 7 8 9 0
screen
KEYS
failures=0

# look WHAT ARGUMENT...: runs the program, whose exit status may be that of input which cannot be used.
look() {
  what=$1
  shift
  timeout 300 "$proftui" "$@" >/dev/null 2>"$scratch/errors" </dev/null
  status=$?
  if [ $status -gt 1 ] || grep -q -e Sanitizer -e 'Fatal error' "$scratch/errors"; then
    failures=$((failures + 1))
    echo "$what: status $status" >&2
    head -n 40 "$scratch/errors" >&2
  fi
}

for file; do
  for report in top traces tree dot tags raw comments peek=. list=.; do
    look "-$report $file" "-$report" "$file"
  done
  look "-diff_base $file" -top "-diff_base=$file" "$file"
  look "-base $file" -tree "-base=$file" "$file"
  look "escapes $file" report escapes "$file"
  look "findings $file" report findings "$file"
  look "export $file" export pprof "$file"
  look "views of $file" --no_config "--script=$scratch/keys" "$file"
  look "views of the difference $file" diff --no_config "--script=$scratch/keys" "$file" "$file"
done
echo "$# files, $failures failures"
[ $failures = 0 ]
