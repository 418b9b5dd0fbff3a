#!/usr/bin/env bash
# Builds the sample programs, runs them for their profiles, and asks pprof for the oracles.
#
#   GO=/path/to/go ./make-samples.sh [binary] [profiles] [builds] [odd] [oracles]
#
# Without arguments it does all five. GO is a Go 1.27 (default: the one on the PATH). The program is
# run as RUN/leaks (default /srv/leaks/leaks, which has to be writable), the path that the profiles name.
set -euo pipefail
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")"
go=${GO:-go}
run=${RUN:-/srv/leaks}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

leaking='config-store failed-assertion reflect-types sync-map nested-json map-growth'
alone='map-writers healthy'

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
  rm "$run/leaks"
  rmdir "$run" 2>/dev/null || true
}

# Two builds of one program: lines moved, and a call is inlined in one only.
builds() {
  mkdir -p "$run" go/builds
  for version in old new; do
    CGO_ENABLED=0 GOOS=linux GOARCH=amd64 GOAMD64=v1 GOFLAGS= GOTOOLCHAIN=local \
      "$go" build -C "programs/builds/$version" -trimpath -buildvcs=false -ldflags='-s -w' \
      -o "$run/builds" .
    env -i TZ=UTC "$run/builds" "go/builds/$version.pprof"
    rm "$run/builds"
  done
  rmdir "$run" 2>/dev/null || true
}

all() {
  for name in $leaking; do echo "$name" "$name-fixed"; done
  echo "$alone"
}

odd() {
  rm -rf odd && mkdir odd
  PYTHONDONTWRITEBYTECODE=1 python3 programs/odd/make_odd.py odd
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
  for _ in 1 2 3 4 5 6 7 8; do
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
  oracle "$id.traces" 60000 -traces "$profile"
  oracle "$id.tags" 30000 -tags "$profile"
  oracle "$id.raw" 200000 -raw "$profile"
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
  for profile in odd/*; do
    local odd_id
    odd_id=odd/$(basename "$profile" | sed 's/\.pb.*//')
    reports "$odd_id" "$profile" .
    oracle "$odd_id.top-first" 60000 -top -sample_index=0 "$profile"
  done
  memory_options
  label_options
}

peek_of() {
  case $1 in
    config-store) echo 'Store..Set$|copyTable' ;;
    config-store-fixed) echo 'parser..value|set\[' ;;
    *) echo 'main\.' ;;
  esac
}

# One report of the config store for each option that changes it.
memory_options() {
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

# The same for what labels and delays add.
label_options() {
  local folder=go/map-writers option
  while read -r option; do
    oracle "options/cpu-$(echo "$option" | sed 's/^-//; s/[^A-Za-z0-9_.-]/_/g')" 60000 -top "$option" $folder/cpu.pprof
  done <<'END'
-tagfocus=sessions
-tagfocus=op=write
-tagignore=op=write
-tagroot=registry
-tagroot=registry,op
-tagleaf=op
-tagshow=op
-taghide=trace_id
-unit=ms
-focus=mapassign
-hide=^runtime
END
  oracle options/cpu-tags-focus 60000 -tags -tagfocus=op=write $folder/cpu.pprof
  oracle options/cpu-traces-focus 60000 -traces -focus=rename $folder/cpu.pprof
  oracle options/mutex-mean 60000 -top -mean $folder/mutex.pprof
  oracle options/mutex-contentions 60000 -top -contentions $folder/mutex.pprof
  oracle options/block-tree-contentions 60000 -tree -contentions $folder/block.pprof
  oracle options/merged-delays 60000 -top $folder/mutex.pprof $folder/block.pprof
}

for step in ${@:-binary profiles builds odd oracles}; do
  case $step in
    binary) build ;;
    profiles | builds | odd | oracles) "$step" ;;
    *) echo "usage: GO=go $0 [binary] [profiles] [builds] [odd] [oracles]" >&2; exit 64 ;;
  esac
done
