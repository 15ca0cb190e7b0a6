#include "heddle/tangle/makefile.h"

#include <string.h>

#include "heddle/base/hash.h"
#include "heddle/outcomes/outcomes.h"
#include "heddle/tangle/outputs.h"

/* GNU make, "Rule Syntax" and "Variables": a dollar doubles; a blank, # or %
 * takes a backslash. */
static void add_name(struct buf *out, struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '$')
            buf_addc(out, '$');
        else if (strchr(" #%:", name.ptr[i]) != NULL)
            buf_addc(out, '\\');
        buf_addc(out, name.ptr[i]);
    }
}

static struct span stem(const struct target *target)
{
    return (struct span){target->path.ptr, target->path.len - 2};
}

static bool is_unit(const struct target *target)
{
    return target->in_make && span_ends(target->path, ".c");
}

static void add_list(struct buf *out, const struct web *web, const char *variable,
                     bool (*wanted)(const struct target *),
                     void (*add)(struct buf *, const struct target *))
{
    buf_addf(out, "%s :=", variable);
    for (size_t i = 0; i < web->target_count; i++)
        if (wanted(web->targets[i])) {
            buf_adds(out, " \\\n\t");
            add(out, web->targets[i]);
        }
    buf_addc(out, '\n');
}

static bool is_named(const struct target *target)
{
    return target->in_make;
}

static bool is_program(const struct target *target)
{
    return target->program && span_ends(target->path, ".c");
}

static bool is_plus_plus(const struct target *target)
{
    return target->program && target_is_plus_plus(target);
}

static bool is_library(const struct target *target)
{
    return is_unit(target) && !target->program;
}

static void add_twin(struct buf *out, const struct target *target)
{
    buf_adds(out, "$(BOOK_TWINS)/");
    add_name(out, target->path);
}

static void add_object(struct buf *out, const struct target *target)
{
    buf_adds(out, "$(BOOK_OUT)/obj/");
    add_name(out, stem(target));
    buf_adds(out, ".o");
}

static void add_binary(struct buf *out, const struct target *target)
{
    buf_adds(out, "$(BOOK_OUT)/bin/");
    add_name(out, target->name);
}

static bool next_word(struct span *rest, struct span *word)
{
    const char *blank;

    *rest = span_trim(*rest);
    blank = rest->len > 0 ? memchr(rest->ptr, ' ', rest->len) : NULL;
    *word = span_between(rest->ptr, blank != NULL ? blank : rest->ptr + rest->len);
    *rest = span_skip(*rest, word->len);
    return word->len > 0;
}

/* link="crypto pthread" is -lcrypto -lpthread; what begins with - stays. */
static void add_link_flags(struct buf *out, struct span link)
{
    struct span word;

    while (next_word(&link, &word)) {
        buf_adds(out, word.ptr[0] == '-' ? " " : " -l");
        buf_add(out, word);
    }
}

/* The words of cflags that the linker must see as well: the compiler only
 * calls the sanitizer, and the linker brings it. */
static void add_sanitizers(struct buf *out, struct span cflags)
{
    struct span word;

    while (next_word(&cflags, &word))
        if (span_starts(word, "-fsanitize=") || span_starts(word, "-fno-sanitize=")) {
            buf_addc(out, ' ');
            buf_add(out, word);
        }
}

/* No two sanitizers of memory fit into one program, so one that names its own
 * gets no other. What a target sets, its prerequisites inherit (GNU make,
 * "Target-specific"); `private` keeps this from the library's objects. */
static void add_sanitizer_rule(struct buf *out, const struct target *target)
{
    add_binary(out, target);
    buf_addc(out, ' ');
    add_object(out, target);
    buf_adds(out, ": private override BOOK_SANITIZE =\n");
}

static void add_explored(struct buf *out, const struct target *target)
{
    buf_adds(out, "$(BOOK_EXPLORE_OUT)/explore/");
    add_name(out, target->name);
}

static void add_explored_object(struct buf *out, const struct target *target)
{
    buf_adds(out, "$(BOOK_EXPLORE_OUT)/obj/explored/");
    add_name(out, stem(target));
    buf_adds(out, ".o");
}

/* What a program's own attributes say, for the program or its explored twin. */
static void add_variables(struct buf *out, const struct target *target, struct span sanitizers,
                          void (*add_program)(struct buf *, const struct target *),
                          void (*add_its_object)(struct buf *, const struct target *))
{
    if (target->link.len > 0 || sanitizers.len > 0) {
        add_program(out, target);
        buf_adds(out, ": BOOK_LINK =");
        add_link_flags(out, target->link);
        buf_add(out, sanitizers);
        buf_addc(out, '\n');
    }
    if (target->cflags.len > 0) {
        add_its_object(out, target);
        buf_adds(out, ": BOOK_EXTRA =  ");
        buf_add(out, target->cflags);
        buf_addc(out, '\n');
    }
}

/* Its own flags, as one word that stands in what is kept of its link: an object that was
 * made with others, or of which nothing is kept, is made again, and no other one is. */
static void add_own_flags(struct buf *out, const struct target *target, const char *function,
                          void (*add_program)(struct buf *, const struct target *),
                          void (*add_its_object)(struct buf *, const struct target *))
{
    struct buf flags = {0};
    char digits[HASH_DIGITS + 1] = "";

    if (target->link.len + target->cflags.len > 0) {
        buf_addf(&flags, "%.*s\n%.*s", SPAN_ARG(target->link), SPAN_ARG(target->cflags));
        hash_text(buf_span(&flags), digits);
        add_program(out, target);
        buf_addf(out, ": BOOK_OWN = flags=%s\n", digits);
    }
    add_its_object(out, target);
    buf_addf(out, ": $(call %s,", function);
    add_name(out, target->name);
    buf_addf(out, ",%s%s)\n", *digits != '\0' ? "flags=" : "", digits);
    buf_free(&flags);
}

/* Its sanitizer is the explorer, which is linked in. */
static void add_explored_rule(struct buf *out, const struct target *target)
{
    add_explored(out, target);
    buf_adds(out, ": ");
    add_explored_object(out, target);
    buf_adds(out, " $(BOOK_EXPLORER_OBJECT) $(call book-explored,");
    add_name(out, target->name);
    buf_adds(out, ")\n");
    add_variables(out, target, (struct span){0}, add_explored, add_explored_object);
    add_own_flags(out, target, "book-explored-own", add_explored, add_explored_object);
}

/* A word for the shell, through Make: quoted, and a dollar doubles. */
static void add_word(struct buf *out, const char *word)
{
    buf_adds(out, " '");
    for (; *word != '\0'; word++)
        buf_adds(out, *word == '\'' ? "'\\''" : *word == '$' ? "$$" : (char[]){*word, '\0'});
    buf_addc(out, '\'');
}

static void add_record(struct buf *out, const struct outcomes_how *how, struct span program)
{
    struct buf name = {0};

    outcomes_file(how, program, &name);
    buf_adds(out, "$(BOOK_EXPLORE_OUT)/explore/");
    add_name(out, buf_span(&name));
    buf_free(&name);
}

static void add_record_rule(struct buf *out, const struct outcomes_how *how,
                            const struct target *target)
{
    buf_addc(out, '\n');
    add_record(out, how, target->name);
    buf_adds(out, ": ");
    add_explored(out, target);
    buf_adds(out, "\n\t$(if $(V),,@printf '  explore %s\\n' ");
    add_name(out, target->name);
    buf_addf(out, " &&) \"$(HEDDLE)\" explore --record $@ --seconds %ld", how->seconds);
    if (how->bound >= 0)
        buf_addf(out, " --bound %ld", how->bound);
    buf_addf(out, " --spurious %ld", how->spurious);
    if (*how->failing != '\0')
        buf_addf(out, " --failing %s", how->failing);
    if (*how->model != '\0')
        buf_addf(out, " --model %s", how->model);
    buf_adds(out, " $<");
    if (how->args.count > 0)
        buf_adds(out, " --");
    for (size_t i = 0; i < how->args.count; i++)
        add_word(out, how->args.list[i]);
    buf_addc(out, '\n');
}

/* What the outcomes blocks ask for: a list of files, and how each is made. */
struct records {
    struct arena arena;
    struct table known;
    struct buf list, rules;
};

/* What is wrong with a block is reported when its test is read. Of two that
 * share a record the first one's time limit holds. */
static void take_record(struct records *records, const struct snippet *snippet)
{
    struct diags ignored = {0};
    struct outcomes_how how;
    struct buf file = {0};
    struct span name;
    void **slot;

    if (outcomes_how_read(&how, &records->arena, snippet, &ignored)) {
        add_record(&file, &how, snippet->program->name);
        name = buf_take(&file, &records->arena);
        slot = table_put(&records->known, name);
        if (*slot == NULL) {
            *slot = records;
            buf_adds(&records->list, " \\\n\t");
            buf_add(&records->list, name);
            add_record_rule(&records->rules, &how, snippet->program);
        }
    }
    diag_free(&ignored);
}

static struct records find_records(const struct web *web)
{
    struct records records = {0};

    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].kind == SNIPPET_OUTCOMES && web->snippets[i].program != NULL &&
            is_program(web->snippets[i].program))
            take_record(&records, &web->snippets[i]);
    return records;
}

static void free_records(struct records *records)
{
    buf_free(&records->list);
    buf_free(&records->rules);
    table_free(&records->known);
    arena_free(&records->arena);
}

static void add_program_rule(struct buf *out, const struct target *target)
{
    struct buf sanitizers = {0};

    add_sanitizers(&sanitizers, target->cflags);
    buf_addc(out, '\n');
    add_binary(out, target);
    buf_adds(out, ": ");
    add_object(out, target);
    buf_adds(out, " $(call book-linked,");
    add_name(out, target->name);
    buf_adds(out, ")\n");
    add_variables(out, target, buf_span(&sanitizers), add_binary, add_object);
    if (sanitizers.len > 0)
        add_sanitizer_rule(out, target);
    buf_free(&sanitizers);
    add_own_flags(out, target, "book-own", add_binary, add_object);
    add_explored_rule(out, target);
}

/* C++ is one step: no other file is made of it. */
static void add_plus_plus_rule(struct buf *out, const struct target *target)
{
    buf_addc(out, '\n');
    add_binary(out, target);
    buf_adds(out, ": ");
    add_twin(out, target);
    buf_adds(out, " $(BOOK_LIBRARY) $(BOOK_FLAGS)\n");
    if (target->link.len > 0) {
        add_binary(out, target);
        buf_adds(out, ": BOOK_LINK =");
        add_link_flags(out, target->link);
        buf_addc(out, '\n');
    }
    if (target->cflags.len > 0) {
        add_binary(out, target);
        buf_addf(out, ": BOOK_EXTRA = %.*s\n", SPAN_ARG(target->cflags));
    }
}

static const char head[] =
    "# Made by heddle from the chapters: what is made from what.\n"
    "# Alone: make -f build/book.mk. Each ?= may be set before or on the command line;\n"
    "# V=1 shows the commands.\n"
    "BOOK_OUT ?= build\n"
    "# In DWARF 4 the linker finds the chapter's line, in gcc's DWARF 5 the twin's.\n"
    "BOOK_CFLAGS ?= -std=c17 -Wall -Wextra -Werror=implicit-function-declaration -gdwarf-4 \\\n"
    "    -O1 -pthread\n"
    "BOOK_CXXFLAGS ?= -Wall -Wextra -g -O1 -pthread\n"
    "BOOK_LDFLAGS ?= -pthread\n"
    "# For all but the programs whose cflags name a sanitizer of their own.\n"
    "BOOK_SANITIZE ?=\n"
    "HEDDLE ?= heddle\n"
    "# Explored programs are always built here: no sanitizer of memory, no coverage\n"
    "# counters, whatever BOOK_OUT is built with.\n"
    "BOOK_EXPLORE_OUT ?= build\n"
    "# What explores a program (heddle explore), as source: installed beside heddle, or in\n"
    "# the tree that it was built in.\n"
    "ifndef BOOK_EXPLORER\n"
    "BOOK_EXPLORER := $(or $(wildcard code/explore),$(shell at=\"$$(dirname \"$$(command -v "
    "\"$(HEDDLE)\")\")\"; \\\n"
    "\tinstalled=\"$$at/../share/heddle/explore\"; tree=\"$$at/../../code/explore\"; \\\n"
    "\tif test -d \"$$installed\" || test ! -d \"$$tree\"; then echo \"$$installed\"; else echo "
    "\"$$tree\"; fi))\n"
    "endif\n"
    "# Make takes a path with blanks for several: a link stands for it.\n"
    "ifneq ($(words $(BOOK_EXPLORER)),1)\n"
    "override BOOK_EXPLORER := $(shell mkdir -p $(BOOK_EXPLORE_OUT) && ln -sfn \"$$(cd "
    "'$(BOOK_EXPLORER)' && pwd)\" \\\n"
    "\t$(BOOK_EXPLORE_OUT)/explorer && echo $(BOOK_EXPLORE_OUT)/explorer)\n"
    "endif\n";

/* Why a program could not be linked, in the words and at the place of the
 * chapter: read from what the linker says. */
static const char explain_link[] =
    "\n"
    "define BOOK_WHY\n"
    "BEGIN {\n"
    "    n = split(\"sin cos tan asin acos atan atan2 sinh cosh tanh sqrt cbrt hypot pow exp exp2 "
    "\" \\\n"
    "        \"log log2 log10 floor ceil round trunc fmod lround sqrtf powf sinf cosf\", m, \" "
    "\")\n"
    "    for (i = 1; i <= n; i++) library[m[i]] = \"m\"\n"
    "    library[\"crypt\"] = \"crypt\"; library[\"initscr\"] = \"ncurses\"; library[\"deflate\"] "
    "= \"z\"\n"
    "    library[\"inflate\"] = \"z\"; library[\"SHA256\"] = \"crypto\"; library[\"readline\"] = "
    "\"readline\"\n"
    "    getline first < twin\n"
    "    split(first, word, \"\\\"\"); split(first, line, \" \")\n"
    "    block = word[2] \":\" line[2] - 1\n"
    "}\n"
    "/undefined reference to/ {\n"
    "    name = place = $$0\n"
    "    sub(/.*undefined reference to ./, \"\", name); sub(/[^A-Za-z0-9_].*/, \"\", name)\n"
    "    sub(/(:[(][^)]*[)])?: undefined reference.*/, \"\", place); sub(/^[^ ]*ld[^ ]*: /, \"\", "
    "place)\n"
    "    if (seen[name]++) next\n"
    "    if (index(place, here) == 1) place = substr(place, length(here) + 1)\n"
    "    if (place !~ /\\.md:[0-9]+$$/) place = block\n"
    "    if (name == \"main\")\n"
    "        print block \":1: error: this program has no main()\"\n"
    "    else if (name in library)\n"
    "        print place \":1: error: \" name \"() is in another library; say link=\" "
    "library[name] "
    "\" where the program begins, \" block\n"
    "    else\n"
    "        print place \":1: error: nothing defines \" name \"(); define it in the book, or say "
    "link= where the program begins, \" block\n"
    "}\n"
    "endef\n"
    "export BOOK_WHY\n"
    "book-why = { LC_ALL=C $(1) 2>&1 | awk -v here='$(CURDIR)/' -v twin=$(2) \"$$BOOK_WHY\" >&2; "
    "exit 1; }\n";

/* What may help with what a compiler says of C17, in a note at the same place: names
 * that POSIX and GNU have and C17 hides, and signs that word processors have left. */
static const char explain_compile[] =
    "\n"
    "define BOOK_HINT\n"
    "BEGIN {\n"
    "    n = split(\"strdup strndup fileno fdopen popen pclose kill sigaction sigemptyset "
    "sigaddset "
    "\" \\\n"
    "        \"sigprocmask clock_gettime clock_nanosleep nanosleep usleep getline getdelim "
    "strtok_r \" "
    "\\\n"
    "        \"localtime_r gmtime_r rand_r setenv unsetenv posix_memalign strnlen dprintf fmemopen "
    "\" "
    "\\\n"
    "        \"open_memstream mkdtemp mkstemp ftruncate readlink symlink gethostname random "
    "srandom "
    "\" \\\n"
    "        \"drand48 realpath truncate stpcpy strsep strcasecmp strncasecmp index bzero "
    "timegm \" \\\n"
    "        \"CLOCK_MONOTONIC CLOCK_REALTIME M_PI PATH_MAX SA_RESTART SIGKILL O_CLOEXEC "
    "alloca \" \\\n"
    "        \"PTHREAD_MUTEX_RECURSIVE PTHREAD_MUTEX_ERRORCHECK flockfile funlockfile "
    "daemon\", m, \" \")\n"
    "    for (i = 1; i <= n; i++) macro[m[i]] = \"_DEFAULT_SOURCE\"\n"
    "    n = split(\"asprintf vasprintf memmem strcasestr strchrnul memrchr qsort_r pipe2 gettid "
    "\" "
    "\\\n"
    "        \"sched_setaffinity pthread_setaffinity_np pthread_setname_np CPU_SET CPU_ZERO "
    "tgkill\", m, \" \")\n"
    "    for (i = 1; i <= n; i++) macro[m[i]] = \"_GNU_SOURCE\"\n"
    "}\n"
    "/error: / {\n"
    "    place = $$0; sub(/: (fatal )?error: .*/, \"\", place); if (place == $$0) next\n"
    "    name = $$0; sub(/^.*error: /, \"\", name); sub(/^[^']*'/, \"\", name); "
    "sub(/'.*/, \"\", name)\n"
    "    if ($$0 ~ /undeclared|implicit declaration/ && name in macro && !seen[name]++)\n"
    "        print place \": note: C17 alone has no \" name \"; say cflags=-D\" macro[name] \" "
    "where the program begins\"\n"
    "    if ($$0 ~ /stray |extended character|non-ASCII characters|unexpected character/ && "
    "!odd[place]++ && !odd[\"\"]++)\n"
    "        print place \": note: this may be a typographic quote or dash, or a blank that is "
    "none; type a plain one\"\n"
    "}\n"
    "endef\n"
    "export BOOK_HINT\n"
    "book-hint = { command -v $(firstword $(1)) >/dev/null || echo 'there is no compiler "
    "$(firstword $(1)) here;' \\\n"
    "\t'on Debian and Ubuntu root installs one with: apt-get install gcc libc6-dev' >&2; \\\n"
    "\tLC_ALL=C $(1) -fsyntax-only 2>&1 | awk \"$$BOOK_HINT\" >&2; exit 1; }\n";

/* When nobody includes it, it keeps itself in step with the chapters. */
static const char alone[] = "\n"
                            "ifeq ($(strip $(MAKEFILE_LIST)),build/book.mk)\n"
                            "build/book.mk: $(BOOK_CHAPTERS) $(sort $(dir $(BOOK_CHAPTERS)))\n"
                            "\t@\"$(HEDDLE)\" tangle --quiet && touch $@\n"
                            "$(BOOK_CHAPTERS): ;\n"
                            "endif\n";

/* Of the library a program takes what it calls, and nothing else of it makes the program
 * another one. The linker tells what it took (-t, twice for the members of archives), and
 * that is kept. It would take something else only where the program's own object has
 * changed, or one of those, or the names that the library defines. */
static const char linked[] =
    "\n"
    "# What a program takes of the library, as the linker told it: it is linked again when one\n"
    "# of these has changed, or the library's names have. What is not known may be all.\n"
    "book-took = $(if $(filter -,$1),$(filter $(addprefix %/,$1),$2),$2)\n"
    "book-same = $(if $(filter -,$1),$(if $(subst <$2>,,<$(filter flags=%,$1)>),book-force),"
    "book-force)\n"
    "book-own = $(call book-same,$(file <$(BOOK_OUT)/obj/$1.took),$2)\n"
    "book-explored-own = $(call book-same,$(file <$(BOOK_EXPLORE_OUT)/obj/explored/$1.took),$2)\n"
    "book-linked = $(if $(filter $(BOOK_OUT)/obj/libbook.a,$(BOOK_LIBRARY)),\\\n"
    "\t$(call book-took,$(file <$(BOOK_OUT)/obj/$1.took),$(BOOK_OBJECTS)) \\\n"
    "\t$(BOOK_LIBRARY:.a=.names) |) $(BOOK_LIBRARY)\n"
    "book-explored = $(if $(filter "
    "$(BOOK_EXPLORE_OUT)/obj/libexplored.a,$(BOOK_EXPLORED_LIBRARY)),\\\n"
    "\t$(call book-took,$(file "
    "<$(BOOK_EXPLORE_OUT)/obj/explored/$1.took),$(BOOK_EXPLORED_MEMBERS)) \\\n"
    "\t$(BOOK_EXPLORED_LIBRARY:.a=.names) |) $(BOOK_EXPLORED_LIBRARY)\n"
    "book-take = awk -v object=$< '$$0 == object { told = 1 } \\\n"
    "\tsub(/^.*lib(book|explored)[.]a[)(]/, \"\") { sub(/[)]$$/, \"\"); print } \\\n"
    "\tEND { if (told) print \"-$(BOOK_OWN:%= %)\" }' $(took).told >$(took) && rm $(took).told\n"
    "# The archive, and beside it the names that its members define.\n"
    "book-archive = rm -f $@ && $(AR) rcs $@ $(filter %.o,$^) && { nm -g $@ || cksum $@; } "
    "2>/dev/null | \\\n"
    "\tawk 'NF == 1 { print } NF == 3 { print $$1 ~ /^0/ ? \"\" : $$1, $$2, $$3 }' >$@.new && \\\n"
    "\tif cmp -s $@.new $(@:.a=.names); then rm $@.new; else mv $@.new $(@:.a=.names); fi\n";

static const char rules[] =
    "\n"
    "BOOK_PLAIN_FILES := $(BOOK_TWIN_FILES:$(BOOK_TWINS)/%=$(BOOK_PLAIN)/%)\n"
    "BOOK_UNITS := $(BOOK_OBJECTS) $(BOOK_PROGRAM_OBJECTS)\n"
    "BOOK_LIBRARY := $(if $(BOOK_OBJECTS),$(BOOK_OUT)/obj/libbook.a)\n"
    "\n"
    "book-programs: $(BOOK_PROGRAMS) $(BOOK_PLUS_PLUS) $(BOOK_OBJECTS) $(BOOK_OUTCOMES)\n"
    "book-compiled: $(BOOK_PROGRAMS) $(BOOK_PLUS_PLUS) $(BOOK_OBJECTS)\n"
    ".PHONY: book-programs book-compiled\n"
    "\n"
    "# What is made by other flags is made again: these files hold what the commands\n"
    "# say, and are written only when that changes. Warnings make no difference. No newline\n"
    "# stands at the end: make 4.3 does not always take that away ($(file <), a long text).\n"
    "BOOK_SAID := $(strip $(CC) $(sort $(filter-out -W%,$(BOOK_CFLAGS))) $(BOOK_LDFLAGS) \\\n"
    "\t$(BOOK_SANITIZE) $(BOOK_EXTRAS))\n"
    "BOOK_EXPLORED_SAID := $(strip $(CC) $(sort $(filter-out -O% -W%,$(BOOK_CFLAGS))))\n"
    "BOOK_FLAGS := $(BOOK_OUT)/obj/flags\n"
    "BOOK_EXPLORED_FLAGS := $(BOOK_EXPLORE_OUT)/obj/explored.flags\n"
    "book-differs = $(if $(subst <$(2)>,,<$(file <$(1))>),book-force)\n"
    ".PHONY: book-force\n"
    "$(BOOK_FLAGS): export BOOK_NOW := $(BOOK_SAID)\n"
    "$(BOOK_EXPLORED_FLAGS): export BOOK_NOW := $(BOOK_EXPLORED_SAID)\n"
    "$(BOOK_FLAGS): $(call book-differs,$(BOOK_FLAGS),$(BOOK_SAID))\n"
    "$(BOOK_EXPLORED_FLAGS): $(call book-differs,$(BOOK_EXPLORED_FLAGS),$(BOOK_EXPLORED_SAID))\n"
    "$(BOOK_FLAGS) $(BOOK_EXPLORED_FLAGS):\n"
    "\t@mkdir -p $(@D) && printf %s \"$$BOOK_NOW\" >$@\n"
    "$(BOOK_UNITS): $(BOOK_FLAGS)\n"
    "\n"
    "# What a unit is made of is known by the plain twins: they stay as they are when\n"
    "# prose moves code to other lines. Where the code asks for its line (assert), or a\n"
    "# sanitizer tells it, the annotated twins count; with BOOK_LINES=exact, everywhere.\n"
    "BOOK_LINES ?=\n"
    "book-lines = $(BOOK_LINES)$(BOOK_SANITIZE)$(findstring -fsanitize,$(BOOK_EXTRA))\n"
    "book-deps = if test -n '$(strip $(book-lines))' || grep -qs '__LINE__\\|__builtin_LINE' \\\n"
    "\t$$(sed 's/^[^:]*://; s/\\\\$$//' $(@:.o=.d)); then as=$(BOOK_TWINS)/; else "
    "as=$(BOOK_PLAIN)/; fi; "
    "\\\n"
    "\tsed -i -e '/^\\//d' -e 's, /[^ ]*,,g' -e \"s,$(BOOK_TWINS)/,$$as,g\" $(@:.o=.d)\n"
    "$(BOOK_UNITS): $(BOOK_OUT)/obj/%.o: $(BOOK_PLAIN)/%.c\n"
    "\t@mkdir -p $(@D)\n"
    "\t$(if $(V),,@printf '  cc     %s\\n' $(BOOK_TWINS)/$*.c &&) $(CC) -I$(BOOK_TWINS) "
    "$(BOOK_CFLAGS) $(BOOK_SANITIZE) $(BOOK_EXTRA) -MD -MP -c -o $@ $(BOOK_TWINS)/$*.c || \\\n"
    "\t\t$(call book-hint,$(CC) -I$(BOOK_TWINS) $(BOOK_CFLAGS) $(BOOK_EXTRA) "
    "$(BOOK_TWINS)/$*.c)\n"
    "\t@$(book-deps)\n"
    "ifneq ($(BOOK_LINES)$(BOOK_SANITIZE),)\n"
    "$(BOOK_UNITS): $(BOOK_OUT)/obj/%.o: $(BOOK_TWINS)/%.c\n"
    "endif\n"
    "# gdb then breaks at the chapters' lines of now, in programs whose code is older.\n"
    "book-lines:\n"
    "\t@$(MAKE) -f $(firstword $(MAKEFILE_LIST)) BOOK_LINES=exact book-programs\n"
    ".PHONY: book-lines\n"
    "\n"
    "# A member may have left it. The names are older where it did not change them: by the +\n"
    "# make -n and -q look at that as make does.\n"
    "$(BOOK_OUT)/obj/libbook.members: $(call "
    "book-differs,$(BOOK_OUT)/obj/libbook.members,$(BOOK_OBJECTS))\n"
    "\t@mkdir -p $(@D) && printf %s '$(BOOK_OBJECTS)' >$@\n"
    "$(BOOK_OUT)/obj/libbook.names: $(BOOK_OUT)/obj/libbook.a ; +\n"
    "$(BOOK_OUT)/obj/libbook.a: $(BOOK_OBJECTS) $(BOOK_OUT)/obj/libbook.members\n"
    "\t$(if $(V),,@printf '  ar     %s\\n' $@ &&) $(book-archive)\n"
    "\n"
    "$(BOOK_PLUS_PLUS):\n"
    "\t@mkdir -p $(@D) $(BOOK_OUT)/obj\n"
    "\t$(if $(V),,@printf '  c++    %s\\n' $< &&) $(CXX) -I$(BOOK_TWINS) $(BOOK_CXXFLAGS) "
    "$(BOOK_SANITIZE) $(BOOK_EXTRA) -MMD -MP -MF $(BOOK_OUT)/obj/$(@F).c++.d -MT $@ -o $@ $< "
    "$(BOOK_LIBRARY) $(BOOK_LDFLAGS) $(BOOK_LINK)\n"
    "\n"
    "book-link = $(CC) $(BOOK_CFLAGS) $(BOOK_SANITIZE) -o $@ $< $(BOOK_LIBRARY) $(BOOK_LDFLAGS) "
    "$(BOOK_LINK)\n"
    "$(BOOK_PROGRAMS): took = $(BOOK_OUT)/obj/$(@F).took\n"
    "$(BOOK_PROGRAMS):\n"
    "\t@mkdir -p $(@D) && rm -f $(took)\n"
    "\t$(if $(V),,@printf '  link   %s\\n' $@ &&) $(book-link) -Wl,-t,-t >$(took).told || \\\n"
    "\t\t$(call book-why,$(book-link),$(<:$(BOOK_OUT)/obj/%.o=$(BOOK_TWINS)/%.c))\n"
    "\t@$(book-take)\n"
    "\n";

static const char explored_rules[] =
    "# To be explored, from the plain twins, whose lines stay; heddle says the chapter's\n"
    "# line when it shows one. Every access to memory compiled in as the source has it.\n"
    "# In gcc's DWARF 5 addr2line finds the twin's name where the chapter's is.\n"
    "# clang would leave out a read that a write follows; gcc would write strcpy out,\n"
    "# or leave fabs to the processor, so libm is linked as well.\n"
    "BOOK_EXPLORED_CFLAGS = $(filter-out -O% -W% -fsanitize% -fno-sanitize% "
    "--coverage,$(BOOK_CFLAGS)) \\\n"
    "\t-O0 -gdwarf-4 -Dregister= -fno-builtin -fno-omit-frame-pointer -fsanitize=thread \\\n"
    "\t$(if $(findstring clang,$(shell $(CC) --version)),-mllvm "
    "-tsan-instrument-read-before-write)\n"
    "BOOK_EXPLORED_OBJECTS := $(BOOK_UNITS:$(BOOK_OUT)/obj/%=$(BOOK_EXPLORE_OUT)/obj/explored/%)\n"
    "BOOK_EXPLORED_MEMBERS := "
    "$(BOOK_OBJECTS:$(BOOK_OUT)/obj/%=$(BOOK_EXPLORE_OUT)/obj/explored/%)\n"
    "BOOK_EXPLORED_LIBRARY := $(if $(BOOK_OBJECTS),$(BOOK_EXPLORE_OUT)/obj/libexplored.a)\n"
    "BOOK_EXPLORER_OBJECTS = $(patsubst "
    "$(BOOK_EXPLORER)/%.c,$(BOOK_EXPLORE_OUT)/obj/explorer/%.o,$(wildcard $(BOOK_EXPLORER)/*.c "
    "$(BOOK_EXPLORER)/*/*.c))\n"
    "$(BOOK_EXPLORED_OBJECTS): $(BOOK_EXPLORED_FLAGS)\n"
    "# What explores them has flags of its own.\n"
    "BOOK_EXPLORER_FLAGS := $(BOOK_EXPLORE_OUT)/obj/explorer.flags\n"
    "$(BOOK_EXPLORER_FLAGS): $(call book-differs,$(BOOK_EXPLORER_FLAGS),$(CC))\n"
    "\t@mkdir -p $(@D) && printf %s '$(CC)' >$@\n"
    "$(BOOK_EXPLORER_OBJECTS): $(BOOK_EXPLORER_FLAGS)\n"
    "\n"
    "# Of a heddle that is not found, or was copied without what stands beside it.\n"
    "$(BOOK_EXPLORER)/compile.sh $(BOOK_EXPLORER)/link.sh:\n"
    "\t@echo 'programs are explored with what is installed beside heddle, and $@ is not there;' "
    "\\\n"
    "\t\t'install heddle, or say make HEDDLE=/where/it/is' >&2; exit 1\n"
    "$(BOOK_EXPLORED_OBJECTS): $(BOOK_EXPLORER)/compile.sh $(wildcard "
    "$(BOOK_EXPLORER)/weak.h $(BOOK_EXPLORER)/*.awk)\n"
    "$(BOOK_EXPLORED_OBJECTS): $(BOOK_EXPLORE_OUT)/obj/explored/%.o: $(BOOK_PLAIN)/%.c\n"
    "\t@mkdir -p $(@D)\n"
    "\t$(if $(V),,@printf '  cc     %s (to be explored)\\n' $< &&) sh $(BOOK_EXPLORER)/compile.sh "
    "$@ $(CC) -I$(BOOK_PLAIN) $(BOOK_EXPLORED_CFLAGS) "
    "$(filter-out -O% -fsanitize% -fno-sanitize%,$(BOOK_EXTRA)) "
    "-MMD -MP -MF $(@:.o=.d) -MT $@ $<\n"
    "\n"
    "$(BOOK_EXPLORE_OUT)/obj/libexplored.members: $(call "
    "book-differs,$(BOOK_EXPLORE_OUT)/obj/libexplored.members,$(BOOK_EXPLORED_MEMBERS))\n"
    "\t@mkdir -p $(@D) && printf %s '$(BOOK_EXPLORED_MEMBERS)' >$@\n"
    "$(BOOK_EXPLORE_OUT)/obj/libexplored.names: $(BOOK_EXPLORE_OUT)/obj/libexplored.a ; +\n"
    "$(BOOK_EXPLORE_OUT)/obj/libexplored.a: "
    "$(BOOK_EXPLORED_MEMBERS) $(BOOK_EXPLORE_OUT)/obj/libexplored.members\n"
    "\t$(if $(V),,@printf '  ar     %s\\n' $@ &&) $(book-archive)\n"
    "\n"
    "$(BOOK_EXPLORE_OUT)/obj/explorer/%.o: $(BOOK_EXPLORER)/%.c\n"
    "\t@mkdir -p $(@D)\n"
    "\t$(if $(V),,@printf '  cc     %s\\n' $< &&) $(CC) -I$(BOOK_EXPLORER)/.. -std=c17 -O2 -g "
    "-fno-omit-frame-pointer -pthread -MMD -MP -c -o $@ $<\n"
    "\n"
    "BOOK_EXPLORER_OBJECT := $(BOOK_EXPLORE_OUT)/obj/explorer.o\n"
    "$(BOOK_EXPLORER_OBJECT): $(BOOK_EXPLORER_OBJECTS) $(BOOK_EXPLORER)/link.sh\n"
    "\t$(if $(V),,@printf '  link   %s\\n' $@ &&) CC='$(CC)' sh $(BOOK_EXPLORER)/link.sh $@ "
    "$(BOOK_EXPLORER_OBJECTS)\n"
    "\n"
    "$(BOOK_EXPLORED): took = $(BOOK_EXPLORE_OUT)/obj/explored/$(@F).took\n"
    "$(BOOK_EXPLORED):\n"
    "\t@mkdir -p $(@D) && rm -f $(took)\n"
    "\t$(if $(V),,@printf '  link   %s\\n' $@ &&) $(CC) -pthread -o $@ $< $(BOOK_EXPLORED_LIBRARY) "
    "\\\n"
    "\t\t$(BOOK_EXPLORER_OBJECT) $(BOOK_LINK) -ldl -lm -Wl,-t,-t >$(took).told\n"
    "\t@$(book-take)\n"
    "\n"
    "# A twin that was deleted comes back; one that is there is kept in step by\n"
    "# whoever remakes this file.\n"
    "$(BOOK_TWIN_FILES) $(BOOK_PLAIN_FILES):\n"
    "\t\"$(HEDDLE)\" tangle --quiet --annotated $(BOOK_TWINS)\n"
    "\n"
    "-include $(BOOK_UNITS:.o=.d) $(BOOK_PLUS_PLUS:$(BOOK_OUT)/bin/%=$(BOOK_OUT)/obj/%.c++.d) "
    "$(BOOK_EXPLORED_OBJECTS:.o=.d) $(wildcard "
    "$(BOOK_EXPLORE_OUT)/obj/explorer/*.d $(BOOK_EXPLORE_OUT)/obj/explorer/*/*.d)\n";

/* What the attributes of programs in C++ say, in one line: a fingerprint. */
static void add_extras(struct buf *out, const struct web *web)
{
    buf_adds(out, "BOOK_EXTRAS :=");
    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i];

        if (!is_plus_plus(target) || target->link.len + target->cflags.len == 0)
            continue;
        buf_addc(out, ' ');
        add_name(out, target->name);
        buf_addf(out, ": %.*s %.*s;", SPAN_ARG(target->link), SPAN_ARG(target->cflags));
    }
    buf_addc(out, '\n');
}

static void add_lists(struct buf *out, const struct web *web, const struct records *records)
{
    buf_adds(out, "BOOK_CHAPTERS :=");
    for (size_t i = 0; i < web->chapter_count; i++) {
        buf_adds(out, " \\\n\t");
        add_name(out, span_of(web->chapters[i].source.path));
    }
    buf_addc(out, '\n');
    add_list(out, web, "BOOK_TWIN_FILES", is_named, add_twin);
    add_list(out, web, "BOOK_OBJECTS", is_library, add_object);
    add_list(out, web, "BOOK_PROGRAM_OBJECTS", is_program, add_object);
    add_list(out, web, "BOOK_PROGRAMS", is_program, add_binary);
    add_list(out, web, "BOOK_PLUS_PLUS", is_plus_plus, add_binary);
    add_list(out, web, "BOOK_EXPLORED", is_program, add_explored);
    buf_adds(out, "BOOK_OUTCOMES :=");
    buf_add(out, buf_span(&records->list));
    buf_addc(out, '\n');
}

/* Is it what `heddle tangle` reads, alone? */
static bool is_whole_book(const struct web *web)
{
    for (size_t i = 0; i < web->chapter_count; i++)
        if (!span_starts(span_of(web->chapters[i].source.path), "chapters/"))
            return false;
    return true;
}

void makefile_write(const struct web *web, const char *annotated, struct buf *out)
{
    struct records records = find_records(web);

    annotated = annotated != NULL ? annotated : "build/annotated";
    buf_adds(out, head);
    buf_addf(out, "BOOK_TWINS := %s\n", annotated);
    buf_addf(out, "BOOK_PLAIN := %s\n", outputs_plain(annotated, &records.arena));
    add_lists(out, web, &records);
    add_extras(out, web);
    buf_adds(out, explain_link);
    buf_adds(out, explain_compile);
    buf_adds(out, rules);
    buf_adds(out, linked);
    if (is_whole_book(web) && strcmp(annotated, "build/annotated") == 0)
        buf_adds(out, alone);
    buf_adds(out, explored_rules);
    for (size_t i = 0; i < web->target_count; i++)
        if (is_program(web->targets[i]))
            add_program_rule(out, web->targets[i]);
        else if (is_plus_plus(web->targets[i]))
            add_plus_plus_rule(out, web->targets[i]);
    buf_add(out, buf_span(&records.rules));
    free_records(&records);
}
