#!/usr/bin/env bash
# Builds the sample programs, runs them for their profiles, and asks pprof for the oracles.
#
#   GO=/path/to/go ./make-samples.sh [binary] [profiles] [odd] [oracles]
#
# Without arguments it does all four. GO is a Go 1.27 (default: the one on the PATH). The program is
# run as RUN/leaks (default /srv/leaks/leaks, which has to be writable), the path that the profiles name.
set -euo pipefail
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")"
go=${GO:-go}
run=${RUN:-/srv/leaks}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

leaking='config-store'
steady=''
other=''

build() {
  CGO_ENABLED=0 GOOS=linux GOARCH=amd64 GOAMD64=v1 GOFLAGS= GOTOOLCHAIN=local \
    "$go" build -C programs/leaks -trimpath -buildvcs=false -ldflags='-s -w' -o "$scratch/leaks" .
  gzip -n -9 -c "$scratch/leaks" >go/leaks.gz
}

profiles() {
  mkdir -p "$run"
  gzip -d -c go/leaks.gz >"$run/leaks"
  chmod +x "$run/leaks"
  for name in $(all); do
    echo "running $name"
    rm -rf "go/$name" && mkdir -p "go/$name"
    env -i TZ=UTC "$run/leaks" "$name" "go/$name"
  done
  rm -r "$run"
}

all() {
  for name in $leaking; do echo "$name" "$name-fixed"; done
  echo "$steady" "$other"
}

odd() {
  rm -rf odd && mkdir odd
  python3 programs/odd/make_odd.py odd
}

# pprof ARGUMENT...: what `go tool pprof` prints, with nothing of this machine in it.
pprof() {
  env -i TZ=UTC HOME=/nonexistent PPROF_TMPDIR="$scratch/pprof" "$tool" -symbolize=none "$@"
}

quoted() {
  for argument; do
    case $argument in
      *[!A-Za-z0-9_./=:,-]* | '') printf "'%s' " "$argument" ;;
      *) printf '%s ' "$argument" ;;
    esac
  done | sed 's/ $//'
}

# oracle ID LIMIT ARGUMENT...: keeps the output unless pprof refuses, it is over LIMIT bytes, or it
# differs from run to run, as pprof's does where it sorts by an order with ties.
oracle() {
  local id=$1 limit=$2 file=oracles/$1.txt
  shift 2
  if ! pprof "$@" >"$scratch/1" 2>"$scratch/error"; then
    echo "$id: $(head -1 "$scratch/error")"
    return
  fi
  if [ "$(stat -c %s "$scratch/1")" -gt "$limit" ]; then return; fi
  for _ in 1 2 3; do
    pprof "$@" >"$scratch/2" 2>/dev/null
    if ! cmp -s "$scratch/1" "$scratch/2"; then
      echo "$id: differs from run to run"
      return
    fi
  done
  mkdir -p "$(dirname "$file")"
  cp "$scratch/1" "$file"
  printf '%s\t%s\t%s\n' "$id" "$(quoted "$@")" "$file" >>oracles/manifest.tsv
}

# reports ID PROFILE PEEK: each report of one profile.
reports() {
  local id=$1 profile=$2 peek=$3
  oracle "$id.top" 60000 -top "$profile"
  oracle "$id.top-cum" 60000 -top -cum "$profile"
  oracle "$id.tree" 60000 -tree "$profile"
  oracle "$id.peek" 60000 "-peek=$peek" "$profile"
  oracle "$id.traces" 30000 -traces "$profile"
  oracle "$id.tags" 30000 -tags "$profile"
  oracle "$id.raw" 60000 -raw "$profile"
  oracle "$id.comments" 30000 -comments "$profile"
  oracle "$id.dot" 40000 -dot "$profile"
}

heap_types() {
  for type in alloc_objects alloc_space inuse_objects inuse_space; do
    oracle "$1.top-$type" 60000 -top "-sample_index=$type" "$2"
  done
}

oracles() {
  "$go" tool pprof -h >/dev/null 2>&1 || true
  tool=$("$go" tool -n pprof)
  rm -rf oracles && mkdir oracles
  printf 'id\targuments\toracle\n' >oracles/manifest.tsv
  for name in $(all); do
    for profile in go/"$name"/*.pprof; do
      [ -e "$profile" ] || continue
      local kind id
      kind=$(basename "$profile" .pprof)
      id=$name/$kind
      case $kind in
        mem.1) oracle "$id.top" 60000 -top "$profile" ;;
        mem)
          reports "$id" "$profile" "$(peek_of "$name")"
          heap_types "$id" "$profile"
          local early=go/$name/mem.1.pprof
          oracle "$name/growth.top-base" 60000 -top -base "$early" "$profile"
          oracle "$name/growth.top-diff_base" 60000 -top -diff_base "$early" "$profile"
          ;;
        *) reports "$id" "$profile" "$(peek_of "$name")" ;;
      esac
    done
  done
  for name in $leaking; do
    oracle "$name/repair.top-diff_base" 60000 -top -diff_base "go/$name/mem.pprof" "go/$name-fixed/mem.pprof"
  done
  for profile in odd/*.pb.gz; do
    [ -e "$profile" ] || continue
    reports "odd/$(basename "$profile" .pb.gz)" "$profile" .
  done
  options
}

peek_of() {
  case $1 in
    config-store) echo 'Store..Set$|copyTable' ;;
    config-store-fixed) echo 'parser..value|set\[' ;;
    *) echo 'main\.' ;;
  esac
}

# options: one report of the config store for each option that changes it.
options() {
  local mem=go/config-store/mem.pprof option
  while read -r option; do
    oracle "options/$(echo "$option" | sed 's/^-//; s/[^A-Za-z0-9_.-]/_/g')" 60000 -top "$option" "$mem"
  done <<'END'
-focus=copyTable
-ignore=copyTable
-hide=gateway
-show=leaks/config
-show_from=putDocument
-prune_from=copyTable
-nodecount=5
-nodefraction=0.1
-trim=false
-relative_percentages
-mean
-unit=MB
-unit=B
-divide_by=3
-noinlines
-functions
-filefunctions
-files
-lines
-addresses
-tagfocus=16
-tagfocus=bytes=48:96
-tagignore=:64
-tagshow=bytes
-tagroot=bytes
-tagleaf=bytes
-drop_negative
-compact_labels=false
-alloc_space
-inuse_objects
END
  oracle options/tree-focus 60000 -tree -focus=copyTable "$mem"
  oracle options/tree-lines 60000 -tree -lines -nodecount=20 "$mem"
  oracle options/peek-lines 60000 -peek=SetInt -lines "$mem"
  oracle options/traces-focus 60000 -traces -focus=getSetting "$mem"
  oracle options/callgrind 60000 -callgrind -focus=SetString "$mem"
  oracle options/dot-call_tree 60000 -dot -call_tree -focus=SetString "$mem"
  oracle options/normalize 60000 -top -normalize -base go/config-store-fixed/mem.pprof "$mem"
}

for step in ${@:-binary profiles odd oracles}; do
  case $step in
    binary) build ;;
    profiles | odd | oracles) "$step" ;;
    *) echo "usage: GO=go $0 [binary] [profiles] [odd] [oracles]" >&2; exit 64 ;;
  esac
done
