# make run      open a shipped sample            make test     run every test
# make build    build for release                make lint     check the style
# make bench    measure, beside pprof            make install  PREFIX=/usr/local DESTDIR=
# make deps     install the system libraries that are missing (Debian)
# make sanitize hostile input under the address and the thread sanitizer

PREFIX  ?= /usr/local
DESTDIR ?=
PROFILE ?= Samples/go/config-store/mem.pprof
SHAPES  ?= small medium labels large
ROWS    ?= top:small top:medium top:labels diff:medium traces:medium flame:medium top:large
ROUNDS  ?= 3
GO      ?= go

LIBRARIES  = git ca-certificates libncurses-dev libdeflate-dev libisal-dev libzstd-dev libpcre2-dev \
  libjson-c-dev libcurl4-openssl-dev
TEST_TOOLS = tmux mandoc nginx-light

SWIFT_BUILD  = swift build -c release --explicit-target-dependency-import-check error
STATIC       = .build-static/release/proftui
# Not position-independent, as Go's own tools are: the system need not write 37,000 addresses into a
# fresh copy of the program's tables each time it starts. Nor does it offer 8,000 symbols to libraries
# that it has not, or look for them in its own folder.
STATIC_BUILD = PROFTUI_STATIC=1 $(SWIFT_BUILD) --static-swift-stdlib --scratch-path .build-static \
  --disable-local-rpath -Xlinker --no-export-dynamic -Xlinker -s -Xlinker -L$(STATIC_LIBRARIES) \
  -Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
# The first folder to be searched: of the C++ library, only the archive is there to be found.
STATIC_LIBRARIES = .build-static/archives
BENCH        = .build-static/release/proftui-bench

# $(call need,PACKAGES): installs those that are missing. Elsewhere than on Debian the names are told.
define need
missing=; \
if ! command -v apt-get >/dev/null; then \
  echo "no apt-get here: see to it that what Debian calls these is installed: $(1)"; \
  exit 0; \
fi; \
for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
    || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  sudo=; \
  if [ "$$(id -u)" != 0 ]; then \
    if ! command -v sudo >/dev/null; then \
      echo "missing:$$missing; install them as root: apt-get install$$missing" >&2; exit 1; \
    fi; \
    sudo=sudo; \
  fi; \
  echo "installing with apt-get:$$missing"; \
  install="$$sudo env DEBIAN_FRONTEND=noninteractive"; \
  install="$$install apt-get install -y -q --no-install-recommends $$missing"; \
  $$install || { $$sudo apt-get update -q && $$install; }; \
fi
endef

# What takes input from strangers, and what runs on several threads.
SANITIZED = ProfileFormatsTests|GoBinaryTests|InspectorTests.(Turn|RandomKeys|PaneContract|Loading)|MonkeyTests
CORPUS   ?= $(shell find Samples/odd Samples/go -name '*.gz' -o -name '*.pb' -o -name '*.pprof')
# Tables of the runtime that live until the end are no leaks; what is freed must not look like use.
ASAN     = ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=32
TSAN     = TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.suppressions

.PHONY: all build run test sanitize lint bench install static clean deps test-deps
all: build

deps:
	@$(call need,$(LIBRARIES))

test-deps: deps
	@$(call need,$(TEST_TOOLS))

build: deps
	$(SWIFT_BUILD)

run: deps
	$(SWIFT_BUILD) --product proftui
	@.build/release/proftui $(PROFILE)

test: test-deps
	swift test

# Builds for each sanitizer, and takes half an hour the first time; no part of `make test`.
sanitize: test-deps
	@for kind in address thread; do \
	  export $(ASAN) $(TSAN); \
	  flags="--sanitize=$$kind --scratch-path .build-$$kind"; \
	  swift build --build-tests $$flags || exit 1; \
	  swift test --skip-build $$flags --filter '$(SANITIZED)' || exit 1; \
	  sh Tests/look-at-all.sh .build-$$kind/debug/proftui $(CORPUS) || exit 1; \
	done

lint: test-deps
	swift format lint --strict -r Sources Tests Package.swift
	mandoc -T lint man/proftui.1

# What is installed is measured. With large it takes ten minutes, for pprof's sake; without it two:
# `make bench SHAPES="small medium" ROWS=top:medium`.
bench: $(STATIC)
	$(STATIC_BUILD) --product proftui-bench
	@mkdir -p .build/bench
	@for shape in $(SHAPES); do \
	  test -f .build/bench/$$shape.pb.gz \
	    || $(BENCH) generate $$shape --output .build/bench/$$shape.pb.gz || exit 1; \
	  $(BENCH) run .build/bench/$$shape.pb.gz || exit 1; \
	done
	@if command -v $(GO) >/dev/null; then \
	  $(BENCH) compare --proftui $(STATIC) --go $(GO) --rounds $(ROUNDS) \
	    $(foreach row,$(ROWS),$(subst :,:.build/bench/,$(row)).pb.gz); \
	else \
	  echo "no $(GO) here, so nothing to compare with: make bench GO=/path/to/go"; \
	fi
	@if command -v valgrind >/dev/null; then $(BENCH) count .build/bench/small.pb.gz; \
	else echo "no valgrind here, so instructions are not counted"; fi

# The C libraries and the runtimes of Swift and C++ are linked in; libc is what remains.
static: $(STATIC)
$(STATIC): Makefile Package.swift $(shell find Sources -name '*.swift' -o -name '*.[ch]')
	@$(call need,$(LIBRARIES))
	@mkdir -p $(STATIC_LIBRARIES)
	@archive=$$(clang -print-file-name=libstdc++.a); \
	if test -f "$$archive"; then ln -sf "$$archive" $(STATIC_LIBRARIES); fi
	$(STATIC_BUILD) --product proftui
	@touch $@

install: $(STATIC)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(STATIC) $(DESTDIR)$(PREFIX)/bin/proftui
	install -m 644 man/proftui.1 $(DESTDIR)$(PREFIX)/share/man/man1/proftui.1

clean:
	rm -rf .build .build-static .build-address .build-thread
