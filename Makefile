# What people type: make deps all, make deps test. `make help` lists the rest.
#
# heddle is built from code/, then tells in build/book.mk what the chapters
# hold; everything else is built from the twins in build/annotated, so that
# every message names a chapter's line.

MAKEFLAGS += --no-builtin-rules

OUT      ?= build
CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
HEDDLE    = $(OUT)/bin/heddle

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wpointer-arith -Wvla -Wundef -Wformat=2 \
	-Wimplicit-fallthrough $(if $(CI),$(if $(SANITIZE),,-Werror))
STD  = -std=c17 -D_POSIX_C_SOURCE=200809L -pthread
ALL_CFLAGS = $(STD) $(WARN) $(CFLAGS) $(SANITIZE)
LINK_HEDDLE = -lmicrohttpd -lmd4c -lgumbo -lxxhash -lutf8proc -lm -pthread

comma = ,

# One short line a step; make V=1 shows the commands themselves.
say = $(if $(V),,@printf '  %-6s %s\n' $(1) $(2) &&)

all: programs pages ## programs and pages

# --- What must be there first ------------------------------------------------

deps: ## install what building and testing need
	@code/tools/deps.sh base
deps-full: ## ... and what the fuller checks use
	@code/tools/deps.sh full

# Before anything is compiled, when they are asked for in the same breath.
packages:
	@code/tools/deps.sh $(if $(filter deps-full,$(MAKECMDGOALS)),full,base) quiet

# --- heddle, from the committed code -----------------------------------------

HEDDLE_SOURCES = $(wildcard code/heddle/*.c code/heddle/*/*.c)
HEDDLE_OBJECTS = $(HEDDLE_SOURCES:code/%.c=$(OUT)/heddle/%.o)
LIB_OBJECTS    = $(patsubst code/%.c,$(OUT)/heddle/%.o,$(wildcard code/lib/*.c))

# What is made by other flags is made again: a file holds them, and is written
# only when they change. Warnings make no difference. No newline stands at its end:
# make 4.3 does not always take it away.
SAID  := $(strip $(CC) $(STD) $(CFLAGS) $(SANITIZE))
FLAGS := $(OUT)/heddle/flags
$(HEDDLE_OBJECTS) $(LIB_OBJECTS): $(FLAGS)
$(FLAGS): export NOW := $(SAID)

differs = $(if $(subst <$(2)>,,<$(file <$(1))>),force)
$(FLAGS): $(call differs,$(FLAGS),$(SAID))
$(FLAGS):
	@mkdir -p $(@D) && printf %s "$$NOW" >$@

$(OUT)/heddle/%.o: code/%.c
	@mkdir -p $(@D)
	$(call say,cc,$<) $(CC) -Icode $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(HEDDLE): $(HEDDLE_OBJECTS) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(call say,link,$@) $(CC) $(ALL_CFLAGS) -o $@ $^ $(LINK_HEDDLE)

# All of heddle but its command line, for the tests.
$(OUT)/heddle/libheddle.a: $(filter-out %/main.o,$(HEDDLE_OBJECTS))
	@rm -f $@
	$(call say,ar,$@) $(AR) rcs $@ $^

# --- the book's programs and library, from the twins -------------------------

BOOK_OUT     = $(OUT)
# But for warnings as book.mk has them: what heddle itself asks make for is made already.
BOOK_CFLAGS  = -std=c17 -pthread $(WARN) -O1 -gdwarf-4
BOOK_LDFLAGS = -pthread
BOOK_SANITIZE = $(SANITIZE)

# A broken chapter stops what needs the book, and nothing else.
NEEDS_BOOK = $(filter-out deps deps-full packages uninstall clean help lint format code fuzz asan tsan cover $(HEDDLE), \
	$(or $(MAKECMDGOALS),all))
ifneq ($(NEEDS_BOOK),)
include $(OUT)/book.mk
endif

# Made again when a chapter came, went or changed.
$(OUT)/book.mk: $(HEDDLE) $(shell find chapters -name '*.md' -o -type d -name '[!.]*')
	$(call say,tangle,chapters) $(HEDDLE) tangle --quiet --annotated build/annotated --makefile $@ && touch $@
$(HEDDLE_OBJECTS) $(LIB_OBJECTS) $(OUT)/book.mk: | $(if $(filter deps deps-full,$(MAKECMDGOALS)),packages)

programs: $(BOOK_PROGRAMS) $(BOOK_LIBRARY) $(BOOK_OUTCOMES) $(HEDDLE) ## heddle, the book's programs, library and outcomes

# Made again when a program or the library changed, not when heddle did.
$(BOOK_OUTCOMES): | $(HEDDLE)

code: $(HEDDLE) ## write code/ anew from the chapters
	$(HEDDLE) tangle -o code

# As others link it: from code/, static and shared, each name with heddle_.
LIBRARY = $(OUT)/library
$(LIBRARY)/libheddle.a: code/tools/library.sh $(wildcard code/lib/*.[ch]) code/heddle/main.c $(FLAGS) | $(HEDDLE)
	$(call say,library,$(LIBRARY)) code/tools/library.sh $(LIBRARY) \
		"$$($(HEDDLE) --version | cut -d' ' -f2)" $(CC) $(STD) $(CFLAGS)

# --- the pages ---------------------------------------------------------------

PAGE = build/slides/index.html

$(PAGE): $(OUT)/book.mk $(BOOK_OUTCOMES) $(wildcard chapters/deck/*) | build/npm/node_modules
	$(call say,weave,$@) $(HEDDLE) weave --quiet && touch $@
# Nobody asked for packages here: deps does that.
build/npm/node_modules:
	@code/tools/deps.sh base $(if $(filter deps deps-full,$(MAKECMDGOALS)),quiet,ask)
pages slides book: $(PAGE) ## weave slides and book
	@echo "open $(PAGE) (add ?view=deck, ?view=book or ?view=sheets)"

# What Chromium makes of the pages for paper: build/slides/deck.pdf, book.pdf ...
pdf: $(PAGE) ## print slides and book, with Chromium
	@chapters/deck/pdf.sh $(PAGE:/index.html=)

epub: $(PAGE) ## the book for readers that turn pages: build/book.epub
	@chapters/deck/epub.sh $(PAGE:/index.html=) $(OUT)/book.epub

serve: $(HEDDLE) $(OUT)/book.mk | build/npm/node_modules ## show the pages in a browser as the chapters change
	@$(HEDDLE) serve --port $(or $(PORT),8000)

# Names lead to the chapters; heddle's own C is compiled alike, which clangd finds out.
tags: $(HEDDLE) $(OUT)/book.mk force ## for editors: tags, and how each file is compiled
	@$(HEDDLE) tags -- $(CC) $(STD) $(WARN)

# --- tests -------------------------------------------------------------------
#
# A test that passed leaves $(OUT)/passed/NAME and is not run again before
# something it reads has changed.

MODULE_SOURCES = $(wildcard tests/unit/test_*.c tests/explore/test_*.c)
MODULE_TESTS = $(basename $(notdir $(MODULE_SOURCES)))
SCRIPT_TESTS = golden hostile positions graph orders weakened machine second_tangler deck play reader stage hackmd serve edit model names surface exercises new_book editors killed fits site examples manual again loose
PASSED       = $(addprefix $(OUT)/passed/,$(MODULE_TESTS) doctests fuzz_replay $(SCRIPT_TESTS))
TEST_PROGRAMS = $(addprefix $(OUT)/bin/,$(MODULE_TESTS) doctests)
RUN_TEST     = @mkdir -p $(@D) && OUT=$(OUT) HEDDLE=$(HEDDLE) CC="$(CC)" tests/run.sh $@

# Every one of them is run, whichever failed; the summary comes last. A test that
# would have to run again, as it could not be built, has not passed. Not at the
# same time as what else is asked for: both would build the same.
#
# What they need is built before, on all processors; then two more of them run than
# there are processors, as those in a browser, and the machine's runs of the corpus, wait
# now and then. No test minds a busy machine. The longest begin first, so that none of
# them is left alone at the end.
PROCESSORS = $(shell nproc 2>/dev/null || echo 1)
MANY = $(if $(filter -j%,$(MAKEFLAGS)),,-j$1)
EACH_TEST = $(MAKE) --keep-going --no-print-directory
RUN_TESTS = $(EACH_TEST) $(call MANY,$(shell expr $(PROCESSORS) + 2)) each-test
LONGEST = test_corpus deck play edit killed stage test_litmus golden model reader exercises hostile fits hackmd test_explore_parts \
	serve test_process_limits
define run-tests
+@$(EACH_TEST) $(call MANY,$(PROCESSORS)) built TESTS="$(notdir $1)" || :
+@$(RUN_TESTS) TESTS="$(notdir $1)" || \
	$(RUN_TESTS) TESTS="$(notdir $1)" --dry-run | sed -n 's,.* tests/run.sh \([^ ]*\) .*,\1,p' | xargs rm -f
@tests/run.sh --summary $1
endef
test: | $(filter-out test,$(MAKECMDGOALS)) ## run all tests that something changed for
	$(call run-tests,$(PASSED))
each-test: $(addprefix $(OUT)/passed/,$(foreach t,$(LONGEST),$(filter $t,$(TESTS))) $(filter-out $(LONGEST),$(TESTS)))
	@:

# A claim runs for a moment, so its own code is not worth an optimiser's time, unless it
# loops for long.
CLAIMS = $(filter-out %stress %stress_doors %stress_portable,$(patsubst tests/unit/%.c,$(OUT)/bin/%,$(wildcard tests/unit/test_*.c)))
$(CLAIMS): OPTIMISED = $(if $(filter file,$(origin CFLAGS)),-O0)

vpath %.c tests/unit tests/explore tests/fuzz
$(TEST_PROGRAMS): $(OUT)/bin/%: %.c $(OUT)/heddle/libheddle.a $(BOOK_LIBRARY)
	@mkdir -p $(@D)
	$(call say,cc,$<) $(CC) -Icode -Itests/unit $(ALL_CFLAGS) $(OPTIMISED) -MMD -MP -MF $@.d -o $@ $< $(MORE) \
		$(filter %.a,$^) $(LINK_HEDDLE) -lcmocka -lcmark

# Calls that a test makes fail: its own versions stand before the real ones.
$(OUT)/bin/test_disk_faults: MORE = $(addprefix -Wl$(comma)--wrap=,fsync renameat write calloc realloc)
$(OUT)/bin/test_library_faults: MORE = $(addprefix -Wl$(comma)--wrap=,malloc calloc realloc free open_memstream \
	pthread_mutex_init pthread_mutex_unlock pthread_create queue_sleep poll clock_gettime)

$(addprefix $(OUT)/passed/,$(MODULE_TESTS)): $(OUT)/passed/%: $(OUT)/bin/%
	$(RUN_TEST) $<

# Programs to be explored: compiled as those of the book are.
COMPILE_EXPLORED = code/explore/compile.sh code/explore/weak.h $(wildcard code/explore/*.awk)
EXPLORED = $(patsubst tests/explore/programs/%.c,$(OUT)/bin/explored/%,$(wildcard tests/explore/programs/*.c))
$(EXPLORED): $(OUT)/bin/explored/%: tests/explore/programs/%.c $(BOOK_EXPLORER_OBJECT) $(BOOK_EXPLORED_LIBRARY) $(COMPILE_EXPLORED) \
		$(wildcard tests/explore/programs/*.h)
	@mkdir -p $(@D)
	$(call say,cc,$<) sh code/explore/compile.sh $@.o $(CC) $(STD) -I$(BOOK_TWINS) $(BOOK_EXPLORED_CFLAGS) $< && \
		$(CC) -pthread -o $@ $@.o $(BOOK_EXPLORED_LIBRARY) $(BOOK_EXPLORER_OBJECT) -ldl -lm
EXPLORING = test_explore test_explore_counts test_explore_errno test_explore_long test_explore_parts test_explore_schedules \
	test_explore_states test_litmus
$(addprefix $(OUT)/passed/,$(EXPLORING) test_explore_model test_campaign): $(EXPLORED)

# The corpus: each program as gcc and as clang see it, as it is (native.c), and
# for a second explorer (toy.c), if it calls only what that has. Compiled and
# linked apart: with another explorer they are only linked anew. (What a shell that
# ends with 127 has printed make 4.3 takes for words of failure: so it ends well.)
CORPUS           = $(OUT)/bin/corpus
CORPUS_COMPILERS = $(shell for c in gcc clang; do command -v $$c >/dev/null && echo $$c; done; true)
CORPUS_NAMES     = $(patsubst tests/explore/corpus/%.c,%,$(wildcard tests/explore/corpus/*.c))
CORPUS_EXPLORED  = $(foreach c,$(CORPUS_COMPILERS),$(CORPUS_NAMES:%=$(CORPUS)/$c/%))
CORPUS_NATIVE    = $(CORPUS_NAMES:%=$(CORPUS)/native/%)
CORPUS_TOYS      = $(CORPUS_NAMES:%=$(CORPUS)/toy/%)
CORPUS_PROGRAMS  = $(CORPUS_EXPLORED) $(CORPUS_NATIVE) $(CORPUS_TOYS) $(CORPUS_CXX) $(CORPUS_CXX_NATIVE)
CORPUS_FLAGS     = -std=c17 -O0 -gdwarf-4 -Dregister= -fno-builtin -fno-omit-frame-pointer -fsanitize=thread -pthread \
	-Werror=implicit-function-declaration
CORPUS_CLANG     = -mllvm -tsan-instrument-read-before-write
CORPUS_COMPILE   = sh code/explore/compile.sh $@ $1
$(CORPUS)/gcc/compiled-by-others.o $(CORPUS)/clang/compiled-by-others.o: CORPUS_COMPILE = $1 -c -o $@
$(CORPUS)/gcc/compiled-with-o2.o $(CORPUS)/clang/compiled-with-o2.o: CORPUS_FLAGS += -O2
$(CORPUS_NAMES:%=$(CORPUS)/gcc/%.o): $(CORPUS)/gcc/%.o: tests/explore/corpus/%.c $(COMPILE_EXPLORED)
	@mkdir -p $(@D)
	$(call say,gcc,$<) $(call CORPUS_COMPILE,gcc) $(CORPUS_FLAGS) $<
$(CORPUS_NAMES:%=$(CORPUS)/clang/%.o): $(CORPUS)/clang/%.o: tests/explore/corpus/%.c $(COMPILE_EXPLORED)
	@mkdir -p $(@D)
	$(call say,clang,$<) $(call CORPUS_COMPILE,clang) $(CORPUS_FLAGS) $(CORPUS_CLANG) $<
$(CORPUS_EXPLORED): %: %.o $(BOOK_EXPLORER_OBJECT)
	$(if $(V),,@)gcc -pthread -o $@ $^ -ldl -lm
$(CORPUS_NATIVE:%=%.o): $(CORPUS)/native/%.o: tests/explore/corpus/%.c
	@mkdir -p $(@D)
	$(call say,native,$<) gcc $(CORPUS_FLAGS) -c -o $@ $<
$(CORPUS_NATIVE): %: %.o $(CORPUS)/native.o
	$(if $(V),,@)gcc -pthread -o $@ $^ -latomic
# A program that toy.c cannot have is an empty file.
$(CORPUS_TOYS): $(CORPUS)/toy/%: $(CORPUS)/native/%.o $(CORPUS)/toy.o $(CORPUS)/toy.names tests/explore/toy.sh
	@mkdir -p $(@D)
	$(if $(V),,@)rm -f $@ && if tests/explore/toy.sh $< $(CORPUS)/toy.names 2>$@.why; then \
		objcopy --redefine-sym main=program_main $< $@.o && gcc -no-pie -o $@ $@.o $(CORPUS)/toy.o; else : >$@; fi
# In C++, where there is a compiler for it; toy.c knows none of that.
CORPUS_CXX_NAMES  = $(if $(shell command -v g++),$(patsubst tests/explore/corpus/%.cc,%,$(wildcard tests/explore/corpus/*.cc)))
CORPUS_CXX        = $(CORPUS_CXX_NAMES:%=$(CORPUS)/gcc/%)
CORPUS_CXX_NATIVE = $(CORPUS_CXX_NAMES:%=$(CORPUS)/native/%)
CORPUS_CXX_FLAGS  = -std=c++20 $(filter-out -std=% -Dregister= -Werror=%,$(CORPUS_FLAGS))
$(CORPUS_CXX:%=%.o): $(CORPUS)/gcc/%.o: tests/explore/corpus/%.cc $(COMPILE_EXPLORED)
	@mkdir -p $(@D)
	$(call say,g++,$<) sh code/explore/compile.sh $@ g++ $(CORPUS_CXX_FLAGS) $<
$(CORPUS_CXX): %: %.o $(BOOK_EXPLORER_OBJECT)
	$(if $(V),,@)g++ -pthread -o $@ $^ -ldl -lm
$(CORPUS_CXX_NATIVE:%=%.o): $(CORPUS)/native/%.o: tests/explore/corpus/%.cc
	@mkdir -p $(@D)
	$(call say,native,$<) g++ $(CORPUS_CXX_FLAGS) -c -o $@ $<
$(CORPUS_CXX_NATIVE): %: %.o $(CORPUS)/native.o
	$(if $(V),,@)g++ -pthread -o $@ $^ -latomic
$(CORPUS)/native.o: tests/explore/native.c
	@mkdir -p $(@D)
	$(call say,cc,$<) gcc -std=c17 -O2 -pthread -c -o $@ $<
$(CORPUS)/toy.o: $(addprefix tests/explore/toy,.c _calls.c _hooks.c .h)
	@mkdir -p $(@D)
	$(call say,cc,$<) gcc -std=c17 -O2 -pthread -r -o $@ $(filter %.c,$^)
$(CORPUS)/toy.names: $(CORPUS)/toy.o
	@nm -g --defined-only $< | awk 'NF > 0 { print $$NF }' >$@
$(OUT)/passed/test_corpus: $(CORPUS_PROGRAMS)
$(OUT)/bin/syscall_sets_errno.so: tests/explore/syscall_sets_errno.c
	@mkdir -p $(@D)
	$(call say,cc,$<) $(CC) $(STD) -O1 -fPIC -shared -o $@ $< -ldl
$(OUT)/passed/test_explore_errno: $(CORPUS)/gcc/errno-across-a-lock $(OUT)/bin/syscall_sets_errno.so
ORACLE = $(addprefix tests/explore/explore_,model.c turn.c words.c locks.c calls.c compound.c)
RANDOM_PROGRAMS = $(addprefix tests/explore/random_,program.c system.c compound.c)
$(EXPLORING:%=$(OUT)/bin/%): MORE = $(ORACLE)
$(EXPLORING:%=$(OUT)/bin/%): $(ORACLE)
$(OUT)/bin/test_corpus: MORE = $(ORACLE) tests/explore/corpus_claim.c
$(OUT)/bin/test_corpus: $(ORACLE) tests/explore/corpus_claim.c
$(OUT)/bin/test_explore_model $(OUT)/bin/test_campaign: MORE = $(ORACLE) $(RANDOM_PROGRAMS)
$(OUT)/bin/test_explore_model $(OUT)/bin/test_campaign: $(ORACLE) $(RANDOM_PROGRAMS)

GRAPHS_SEARCHED = tests/explore/litmus_language.c tests/explore/graph_search.c code/explore/model/memory.c $(wildcard code/explore/graph/*.c)
$(OUT)/bin/test_graph: MORE = $(GRAPHS_SEARCHED)
$(OUT)/bin/test_graph: $(GRAPHS_SEARCHED) $(wildcard code/explore/graph/*.h)
$(OUT)/bin/test_shapes: MORE = $(GRAPHS_SEARCHED) tests/explore/litmus_oracle.c
$(OUT)/bin/test_shapes: $(GRAPHS_SEARCHED) tests/explore/litmus_oracle.c $(wildcard code/explore/graph/*.h)

$(OUT)/passed/doctests: $(OUT)/bin/doctests $(BOOK_PROGRAMS) $(BOOK_OUTCOMES) $(OUT)/book.mk
	$(RUN_TEST) $<
$(OUT)/passed/golden: tests/golden/run.sh $(HEDDLE) $(shell find tests/golden -type f ! -path '* *')
	$(RUN_TEST) $<
$(OUT)/passed/hostile: tests/checks/hostile.sh $(HEDDLE)
	$(RUN_TEST) $<
$(OUT)/passed/positions: tests/checks/positions.sh $(HEDDLE)
	$(RUN_TEST) $<
$(OUT)/passed/exercises: tests/checks/exercises.sh $(HEDDLE) $(filter $(BOOK_PLAIN)/exercises/%,$(BOOK_PLAIN_FILES)) \
		$(BOOK_OUTCOMES) $(shell grep -l '[.]answer of=' chapters/*.md)
	$(RUN_TEST) $<
# After all that it asks about, so that it is not there at the same time.
$(OUT)/passed/again: tests/checks/again.sh Makefile $(HEDDLE) $(BOOK_PROGRAMS) $(BOOK_LIBRARY) $(BOOK_OUTCOMES)
	$(RUN_TEST) $< $(FLAGS)
$(OUT)/passed/new_book: tests/checks/new_book.sh tests/checks/begin.sh $(HEDDLE) $(BOOK_EXPLORER_OBJECT)
	$(RUN_TEST) $<
$(OUT)/passed/editors: tests/checks/editors.sh tests/checks/begin.sh $(HEDDLE)
	$(RUN_TEST) $<
$(OUT)/passed/killed: tests/checks/killed.sh tests/checks/begin.sh tests/checks/killed_at.c $(HEDDLE) $(BOOK_EXPLORER_OBJECT) | build/npm/node_modules
	$(RUN_TEST) $<
$(OUT)/passed/examples: tests/checks/examples.sh tests/checks/begin.sh README.md $(HEDDLE) $(wildcard chapters/*.md) | build/npm/node_modules
	$(RUN_TEST) $<
$(OUT)/passed/manual: tests/checks/manual.sh tests/checks/begin.sh code/heddle/heddle.1 $(HEDDLE) | build/npm/node_modules
	$(RUN_TEST) $<
$(OUT)/passed/loose: tests/checks/loose.sh tests/checks/begin.sh $(HEDDLE) $(BOOK_EXPLORER_OBJECT) $(wildcard code/explore/*.sh code/explore/*.awk)
	$(RUN_TEST) $<
$(OUT)/passed/second_tangler: tests/checks/second_tangler.sh tests/checks/tangle.awk $(HEDDLE) $(OUT)/book.mk
	$(RUN_TEST) $<
$(OUT)/passed/graph: tests/explore/graph.sh tests/explore/graph.test.mjs $(BOOK_OUTCOMES)
	$(RUN_TEST) $<
$(OUT)/passed/machine: tests/explore/machine.sh $(addprefix tests/explore/machine.,awk c h) tests/explore/litmus/known.tsv
	$(RUN_TEST) $< 250
$(OUT)/passed/orders: tests/explore/orders.sh $(wildcard tests/explore/orders/*) code/lib/queue.c code/lib/queue_sleep.c \
		code/lib/queue_inside.h code/lib/thread.c code/lib/worker.c $(BOOK_EXPLORER_OBJECT) $(COMPILE_EXPLORED)
	$(RUN_TEST) $< $(BOOK_EXPLORER_OBJECT)
$(OUT)/passed/weakened: tests/explore/weakened.sh $(wildcard tests/explore/weakened/*) $(BOOK_EXPLORER_OBJECT) $(COMPILE_EXPLORED)
	$(RUN_TEST) $< $(BOOK_EXPLORER_OBJECT)
$(OUT)/passed/model: tests/checks/model.sh tests/checks/queue.pml
	$(RUN_TEST) $<
$(OUT)/passed/names: tests/checks/names.sh $(BOOK_EXPLORER_OBJECT)
	$(RUN_TEST) $<
$(OUT)/passed/surface: tests/checks/surface.sh code/explore/intercept/library.h $(BOOK_EXPLORER_OBJECT)
	$(RUN_TEST) $<
$(OUT)/passed/fits: tests/checks/fits.sh $(wildcard tests/checks/fits/*) tests/checks/elsewhere.h code/tools/install.sh code/tools/manual.awk \
		$(LIBRARY)/libheddle.a | build/npm/node_modules
	$(RUN_TEST) $< $(LIBRARY)
# What the pages are made of, without the words and the numbers in it: the browser
# has something new to look at when that changes. It is made with a stamp beside it
# and before the tests: deck would otherwise wait for it, and begin as the last.
PARTS = build/slides.parts
$(PARTS).seen: $(PAGE)
	@tr -s '\n0-9' ' ' <$< | sed 's/>[^<]*</></g; s/ \(id\|href\|title\|alt\|aria-label\)="[^"]*"//g' | fold -w 200 >$(PARTS).new
	@cmp -s $(PARTS).new $(PARTS) && rm $(PARTS).new || mv $(PARTS).new $(PARTS)
	@touch $@
$(PARTS): | $(PARTS).seen
$(OUT)/passed/deck: tests/browser/deck.sh tests/browser/browser.mjs tests/browser/deck.test.mjs $(HEDDLE) $(wildcard chapters/deck/*) $(PARTS)
	$(RUN_TEST) $<
$(OUT)/passed/reader: tests/browser/reader.test.mjs tests/browser/deck.sh tests/browser/browser.mjs $(PAGE)
	$(RUN_TEST) tests/browser/deck.sh $<
$(OUT)/passed/stage: tests/browser/stage.test.mjs tests/browser/deck.sh tests/browser/browser.mjs $(PAGE)
	$(RUN_TEST) tests/browser/deck.sh $<
$(OUT)/passed/play: tests/browser/play.test.mjs tests/browser/deck.sh tests/browser/browser.mjs $(PAGE)
	$(RUN_TEST) tests/browser/deck.sh $<
$(OUT)/passed/hackmd: tests/browser/hackmd.test.mjs tests/browser/deck.sh tests/browser/browser.mjs $(HEDDLE) $(wildcard chapters/deck/*) | build/npm/node_modules
	$(RUN_TEST) tests/browser/deck.sh $<
$(OUT)/passed/serve: tests/browser/serve.test.mjs tests/browser/desk.mjs tests/browser/deck.sh tests/browser/browser.mjs $(HEDDLE) $(wildcard chapters/deck/desk/*) | build/npm/node_modules
	$(RUN_TEST) tests/browser/deck.sh $<
$(OUT)/passed/edit: tests/browser/edit.test.mjs tests/browser/desk.mjs tests/browser/deck.sh tests/browser/browser.mjs $(HEDDLE) $(wildcard chapters/deck/desk/*) $(BOOK_EXPLORER_OBJECT) | build/npm/node_modules
	$(RUN_TEST) tests/browser/deck.sh $<

$(OUT)/passed/site: tests/checks/site.sh $(PAGE)
	$(RUN_TEST) $< $(PAGE:/index.html=)

FUZZERS = fuzz_markdown fuzz_web fuzz_pages
FUZZ_CORPUS = $(wildcard tests/fuzz/corpus/*)

$(OUT)/passed/fuzz_replay: $(addprefix $(OUT)/bin/,$(FUZZERS)) tests/fuzz/fuzz_replay.sh $(FUZZ_CORPUS)
	$(RUN_TEST) tests/fuzz/fuzz_replay.sh $(addprefix $(OUT)/bin/,$(FUZZERS))
$(addprefix $(OUT)/bin/,$(FUZZERS)): $(OUT)/bin/%: %.c tests/fuzz/fuzz_replay.c \
		$(OUT)/heddle/libheddle.a $(BOOK_LIBRARY)
	@mkdir -p $(@D)
	$(call say,cc,$<) $(CC) -Icode -Itests/unit $(ALL_CFLAGS) -MMD -MP -MF $@.d -o $@ $(filter %.c %.a,$^) $(LINK_HEDDLE) -lcmark

built: $(filter $(TESTS:%=$(OUT)/bin/%),$(TEST_PROGRAMS)) $(if $(filter test_corpus,$(TESTS)),$(CORPUS_PROGRAMS)) \
		$(if $(filter test_explore% test_litmus,$(TESTS)),$(EXPLORED)) \
		$(if $(filter fuzz_replay,$(TESTS)),$(addprefix $(OUT)/bin/,$(FUZZERS))) $(if $(filter deck,$(TESTS)),$(PARTS))
	@:

# The same tests, with the compiler watching. $(OUT) keeps the builds apart.
ASAN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# These run hundreds of explored programs, which no other sanitizer can watch; or ask how far
# the C library itself goes, where a sanitizer stands before it.
WATCHED_TESTS = $(filter-out test_corpus test_litmus test_campaign test_surface,$(MODULE_TESTS))
asan: ## the tests, watched by AddressSanitizer
	@$(MAKE) OUT=build/asan SANITIZE="$(ASAN)" CFLAGS="-O1 -g" test-programs
lines: ## the programs anew, for a debugger, where prose has moved their code
	@$(MAKE) BOOK_LINES=exact programs
tsan: ## the threads' tests, watched by ThreadSanitizer
	@$(MAKE) OUT=build/tsan SANITIZE=-fsanitize=thread CFLAGS="-O1 -g" test-threads
test-programs:
	$(call run-tests,$(addprefix $(OUT)/passed/,$(WATCHED_TESTS) doctests fuzz_replay golden))
# Modules that are about threads, watched by ThreadSanitizer.
THREAD_TESTS = test_process% test_clock test_thread test_lock test_queue% test_worker test_doctest test_compile
test-threads:
	$(call run-tests,$(addprefix $(OUT)/passed/,$(filter $(THREAD_TESTS),$(MODULE_TESTS)) doctests))

valgrind: $(addprefix $(OUT)/bin/,$(WATCHED_TESTS)) ## the modules' tests, watched by valgrind
	@for test in $^; do \
		valgrind -q --error-exitcode=9 --leak-check=full --trace-children=no \
			--suppressions=tests/checks/valgrind.supp $$test \
			>build/valgrind.log 2>&1 && echo "ok   $${test##*/}" \
			|| { cat build/valgrind.log; exit 1; }; done

cover: ## which lines the tests reach
	@$(MAKE) OUT=build/cover CFLAGS="-O0 -g --coverage" test-programs
	@code/tools/cover.sh build/cover

# --- checks ------------------------------------------------------------------

check: $(HEDDLE) $(OUT)/book.mk lint ## code/ in step, floors, tokens, warnings as errors
	$(HEDDLE) check
	tests/checks/rooms.sh
	tests/checks/documents.sh
	tests/checks/numbers.sh
	tests/checks/reference.sh
	tests/checks/manual.sh
	tests/checks/cpython.sh
	tests/checks/tokens.sh
	tests/mutate/mutate.sh table
	@echo "the library compiles as it would where there is no Linux"
	@for file in code/lib/*.c; do $(CC) -U__linux__ -Icode $(STD) $(WARN) -Werror -fsyntax-only $$file || exit 1; done
	@echo "code/ builds with bare cc"
	@for file in $$(find code -name '*.c'); do $(CC) -Icode -fsyntax-only $$file || exit 1; done

# Every warning of the style, as an error, from both compilers.
LINTERS = $(shell for c in gcc clang; do command -v $$c; done)
lint: ## every warning of gcc and clang as an error, and the format
	@for cc in $(LINTERS); do echo "lint with $$cc"; \
		find code tests -name '*.c' ! -path 'tests/golden/*' ! -path 'tests/checks/fits/*' -print0 | xargs -0 -n 8 -P "$$(nproc)" \
			$$cc -Icode -Itests/unit $(STD) $(WARN) -Werror -fsyntax-only || exit 1; done
	@test -n "$(and $(findstring gcc,$(LINTERS)),$(findstring clang,$(LINTERS)))" || \
		{ echo "lint: gcc and clang are not both here"; test -z "$(CI)"; }
	@echo "lint the format"; code/tools/format.sh --check

format: ## put the C that is written by hand into its form
	@code/tools/format.sh

fuzz: ## look for trouble, for a minute
	@tests/fuzz/fuzz.sh
mutate: ## put small faults in: do the tests notice? ROOM=heddle, lib or explore
	@tests/mutate/mutate.sh $(ROOM)
bare-deb: deb ## the packages, used on a bare Debian 12 and 13, as root
	@code/tools/bare_deb.sh
bare: ## README's commands on bare Debian 12 and 13, as root
	@code/tools/bare.sh
bench: $(HEDDLE) $(BOOK_LIBRARY) $(PAGE) $(EXPLORED) ## measure
	@HEDDLE=$(HEDDLE) tests/bench/bench.sh
	@HEDDLE=$(HEDDLE) tests/bench/bench_weave.sh
	@node tests/bench/bench_pages.mjs
	@LIBRARY=$(BOOK_LIBRARY) CC="$(CC)" tests/bench/bench_process.sh
	@CC="$(CC)" tests/bench/bench_queue.sh
	@EXPLORED=$(OUT)/bin/explored tests/bench/bench_explore.sh
	@EXPLORED=$(OUT)/bin/explored tests/bench/bench_engines.sh
	@EXPLORED=$(OUT)/bin/explored tests/bench/bench_growth.sh
	@EXPLORER=$(BOOK_EXPLORER_OBJECT) CC="$(CC)" tests/bench/bench_models.sh

# --- installing --------------------------------------------------------------

install: $(HEDDLE) $(LIBRARY)/libheddle.a ## heddle, the library and their man pages, below PREFIX
	@code/tools/install.sh "$(DESTDIR)$(PREFIX)" "$(PREFIX)" $(HEDDLE) $(LIBRARY)
deb: $(HEDDLE) $(LIBRARY)/libheddle.a build/npm/node_modules ## Debian packages, into build/deb
	@CC="$(CC)" code/tools/deb.sh $(OUT)/deb $(HEDDLE) $(LIBRARY)
uninstall: ## take away again what was installed below PREFIX
	@code/tools/install.sh --remove "$(DESTDIR)$(PREFIX)"

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z -]*:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

-include $(HEDDLE_OBJECTS:.o=.d) $(LIB_OBJECTS:.o=.d) $(wildcard $(OUT)/bin/*.d)
.PHONY: force all deps deps-full packages programs lines code pages slides book pdf epub serve tags test built each-test test-programs \
	test-threads asan tsan valgrind cover check lint format fuzz mutate bare bare-deb bench install deb uninstall clean help
.DELETE_ON_ERROR:
