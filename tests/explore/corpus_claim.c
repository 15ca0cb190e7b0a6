/*
 * Reading a first comment.
 */
#include "corpus_claim.h"

struct arena corpus_arena;

const char *corpus_copy(struct span text)
{
    return arena_copy(&corpus_arena, text.ptr, text.len);
}

void list_add(struct list *list, struct span text)
{
    assert_true(list->count < LIST_MOST);
    list->text[list->count++] = corpus_copy(text);
}

bool list_has(const struct list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->text[i], text) == 0)
            return true;
    return false;
}

/* "exit 0 | a\n" becomes "exit 0|a" and a newline; \n, \\ and \| are all that is
 * escaped. */
static struct span outcome_of(struct span text)
{
    struct buf out = {0};
    struct span ending, copy;

    assert_true(span_find(&text, "|", &ending));
    buf_add(&out, span_trim(ending));
    buf_addc(&out, '|');
    text = span_trim(span_skip(text, 1));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\\' && i + 1 < text.len)
            buf_addc(&out, text.ptr[++i] == 'n' ? '\n' : text.ptr[i]);
        else
            buf_addc(&out, text.ptr[i]);
    }
    copy = (struct span){arena_copy(&corpus_arena, out.ptr, out.len), out.len};
    buf_free(&out);
    return copy;
}

static void add_words(struct list *list, struct span text)
{
    struct span word;

    while (span_find(&text, ",", &word)) {
        list_add(list, span_trim(word));
        text = span_skip(text, 1);
    }
    list_add(list, span_trim(text));
}

static void take_line(struct claim *claim, struct span line)
{
    struct span key, value;

    while (line.len > 0 && strchr("/* ", line.ptr[0]) != NULL)
        line = span_skip(line, 1);
    value = line;
    if (!span_find(&value, ":", &key))
        return;
    value = span_trim(span_skip(value, 1));
    if (span_is(key, "can"))
        list_add(&claim->outcomes, outcome_of(value));
    else if (span_is(key, "says"))
        list_add(&claim->says, value);
    else if (span_is(key, "never says"))
        list_add(&claim->never_says, value);
    else if (span_is(key, "races"))
        add_words(&claim->races, value);
    else if (span_is(key, "status"))
        claim->status = strtol(corpus_copy(value), NULL, 10);
    else if (span_is(key, "explore"))
        claim->options = corpus_copy(value);
    else if (span_is(key, "compiler"))
        claim->compiler = corpus_copy(value);
    else if (span_is(key, "native"))
        claim->native = corpus_copy(value);
    else if (span_is(key, "toy"))
        claim->toy = corpus_copy(value);
    else if (span_is(key, "models"))
        claim->models = corpus_copy(value);
    else if (span_is(key, "steps"))
        claim->steps = corpus_copy(value);
}

void claim_read(struct claim *claim, const char *name)
{
    static char text[1 << 16];
    char path[512];
    struct span rest, line;
    FILE *file;

    *claim = (struct claim){.status = -1, .options = ""};
    snprintf(path, sizeof path, "tests/explore/corpus/%s.c", name);
    file = fopen(path, "r");
    if (file == NULL) {
        snprintf(path, sizeof path, "tests/explore/corpus/%s.cc", name);
        file = fopen(path, "r");
    }
    if (file == NULL)
        fail_msg("cannot read %s", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    rest = span_of(corpus_copy(span_of(text)));
    while (span_line(&rest, &line)) {
        take_line(claim, line);
        if (span_ends(line, "*/"))
            break;
    }
    if (claim->outcomes.count + claim->says.count == 0)
        fail_msg("%s claims nothing in its first comment", path);
}

static bool is_bad(const char *outcome)
{
    return strncmp(outcome, "exit", 4) != 0;
}

long claim_status(const struct claim *claim)
{
    long status = claim->races.count > 0;

    for (size_t i = 0; i < claim->outcomes.count; i++)
        status = status != 0 || is_bad(claim->outcomes.text[i]);
    return claim->status >= 0 ? claim->status : status;
}

static bool can_end_in(const struct claim *claim, const char *ending)
{
    for (size_t i = 0; i < claim->outcomes.count; i++)
        if (strncmp(claim->outcomes.text[i], ending, strlen(ending)) == 0)
            return true;
    return false;
}

bool claim_has_misuse(const struct claim *claim)
{
    return can_end_in(claim, "misuse");
}

bool claim_can_wait(const struct claim *claim)
{
    return can_end_in(claim, "deadlock") || can_end_in(claim, "livelock") ||
           can_end_in(claim, "lost");
}
