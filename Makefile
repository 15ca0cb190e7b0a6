# What people type: make deps all, make deps test. `make help` lists the rest.
#
# heddle is built from code/, then tells in build/book.mk what the chapters
# hold; everything else is built from the twins in build/annotated, so that
# every message names a chapter's line.

OUT      ?= build
CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
HEDDLE    = $(OUT)/bin/heddle

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wpointer-arith -Wvla -Wundef -Wformat=2 \
	-Wimplicit-fallthrough $(if $(CI),-Werror)
STD  = -std=c17 -D_POSIX_C_SOURCE=200809L -pthread
ALL_CFLAGS = $(STD) $(WARN) $(CFLAGS) $(SANITIZE)
LINK_HEDDLE = -lmd4c -lxxhash -pthread

all: programs pages

# --- What must be there first ------------------------------------------------

deps:
	@tests/deps.sh
deps-full:
	@tests/deps.sh full

# --- heddle, from the committed code -----------------------------------------

HEDDLE_SOURCES = $(wildcard code/heddle/*.c)
HEDDLE_OBJECTS = $(HEDDLE_SOURCES:code/%.c=$(OUT)/heddle/%.o)
LIB_OBJECTS    = $(patsubst code/%.c,$(OUT)/heddle/%.o,$(wildcard code/lib/*.c))

$(OUT)/heddle/%.o: code/%.c
	@mkdir -p $(@D)
	$(CC) -Icode $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(HEDDLE): $(HEDDLE_OBJECTS) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LINK_HEDDLE)

# All of heddle but its command line, for the tests.
$(OUT)/heddle/libheddle.a: $(filter-out %/main.o,$(HEDDLE_OBJECTS))
	@rm -f $@
	$(AR) rcs $@ $^

# --- the book's programs and library, from the twins -------------------------

BOOK_OUT     = $(OUT)
BOOK_CFLAGS  = -std=c17 -pthread $(WARN) -O1 -g $(SANITIZE)
BOOK_LDFLAGS = -pthread

NEEDS_BOOK = $(filter-out deps deps-full clean help,$(or $(MAKECMDGOALS),all))
ifneq ($(NEEDS_BOOK),)
include build/book.mk
endif

# Made again when a chapter came, went or changed. Missing packages come first
# when they are asked for in the same breath.
build/book.mk: $(HEDDLE) $(shell find chapters -name '*.md' -o -type d -name '[!.]*')
	@mkdir -p build
	@$(HEDDLE) tangle --quiet --annotated build/annotated --makefile $@ && touch $@
$(HEDDLE_OBJECTS) $(LIB_OBJECTS) build/book.mk: | $(filter deps deps-full,$(MAKECMDGOALS))

programs: $(BOOK_PROGRAMS) $(BOOK_LIBRARY) $(HEDDLE)

code: $(HEDDLE)
	$(HEDDLE) tangle -o code

# --- the pages ---------------------------------------------------------------

PAGE = build/slides/index.html

$(PAGE): build/book.mk $(wildcard chapters/deck/*) | build/npm/node_modules
	$(HEDDLE) weave
build/npm/node_modules:
	@tests/deps.sh
pages slides book: $(PAGE)
	@echo "open $(PAGE) (add ?view=deck, ?view=book or ?view=sheets)"

serve: $(PAGE)
	@node chapters/deck/serve.mjs build/slides

# --- tests -------------------------------------------------------------------
#
# A test that passed leaves build/passed/NAME and is not run again before
# something it reads has changed.

MODULE_TESTS = $(patsubst tests/%.c,%,$(wildcard tests/test_*.c))
SCRIPT_TESTS = $(patsubst tests/%.sh,%,$(filter-out tests/deps.sh tests/run.sh tests/bench.sh \
	tests/floors.sh tests/tokens.sh,$(wildcard tests/*.sh)))
PASSED       = $(addprefix $(OUT)/passed/,$(MODULE_TESTS) doctests fuzz_replay $(SCRIPT_TESTS))
RUN_TEST     = @mkdir -p $(@D) && OUT=$(OUT) HEDDLE=$(HEDDLE) tests/run.sh $@

$(OUT)/bin/test_% $(OUT)/bin/%tests: tests/test_%.c
$(OUT)/bin/test_%: tests/test_%.c $(OUT)/heddle/libheddle.a $(BOOK_LIBRARY)
	@mkdir -p $(@D)
	$(CC) -Icode $(ALL_CFLAGS) -MMD -MP -MF $@.d -o $@ $(filter %.c %.a,$^) $(LINK_HEDDLE) -lcmocka -lcmark

test: $(PASSED)
	@tests/run.sh --summary $(OUT)/passed $(PASSED)

clean:
	rm -rf build

help:
	@grep -E '^[a-z-]+( [a-z-]+)*:' Makefile | cut -d: -f1

-include $(HEDDLE_OBJECTS:.o=.d) $(LIB_OBJECTS:.o=.d) $(wildcard $(OUT)/bin/*.d)
.PHONY: all deps deps-full programs code pages slides book serve test check lint clean help \
	asan tsan valgrind cover fuzz bench install
.DELETE_ON_ERROR:
