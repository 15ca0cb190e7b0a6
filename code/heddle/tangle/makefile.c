#include "heddle/tangle/makefile.h"

#include <string.h>

#include "heddle/base/hash.h"
#include "heddle/outcomes/outcomes.h"
#include "heddle/tangle/makefile_text.h"
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

/* A file of the target's, as make names it: its folder, whose name it has, and what it is. */
static void add_file(struct buf *out, const char *folder, struct span name, const char *suffix)
{
    buf_adds(out, folder);
    add_name(out, name);
    buf_adds(out, suffix);
}

static void add_twin(struct buf *out, const struct target *target)
{
    add_file(out, "$(BOOK_TWINS)/", target->path, "");
}

static void add_object(struct buf *out, const struct target *target)
{
    add_file(out, "$(BOOK_OUT)/obj/", stem(target), ".o");
}

static void add_binary(struct buf *out, const struct target *target)
{
    add_file(out, "$(BOOK_OUT)/bin/", target->name, "");
}

static void add_explored(struct buf *out, const struct target *target)
{
    add_file(out, "$(BOOK_EXPLORE_OUT)/explore/", target->name, "");
}

static void add_explored_object(struct buf *out, const struct target *target)
{
    add_file(out, "$(BOOK_EXPLORE_OUT)/obj/explored/", stem(target), ".o");
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
    buf_adds(out, makefile_head);
    buf_addf(out, "BOOK_TWINS := %s\n", annotated);
    buf_addf(out, "BOOK_PLAIN := %s\n", outputs_plain(annotated, &records.arena));
    add_lists(out, web, &records);
    add_extras(out, web);
    buf_adds(out, makefile_explain_link);
    buf_adds(out, makefile_explain_compile);
    buf_adds(out, makefile_rules);
    buf_adds(out, makefile_linked);
    if (is_whole_book(web) && strcmp(annotated, "build/annotated") == 0)
        buf_adds(out, makefile_alone);
    buf_adds(out, makefile_explored);
    for (size_t i = 0; i < web->target_count; i++)
        if (is_program(web->targets[i]))
            add_program_rule(out, web->targets[i]);
        else if (is_plus_plus(web->targets[i]))
            add_plus_plus_rule(out, web->targets[i]);
    buf_add(out, buf_span(&records.rules));
    free_records(&records);
}
