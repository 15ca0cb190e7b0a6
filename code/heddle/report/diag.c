#include "heddle/report/diag.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/table.h"

enum {
    EXCERPT = 160, /* bytes of a chapter's line that are shown */
    MANY = 10,     /* equal messages; of more, the first few are shown, and the places of all */
    FEW = 3,
};

static void keep(struct diags *diags, struct diag diag)
{
    *ARRAY_PUSH(diags->list, diags->count, diags->cap) = diag;
    diags->errors += diag.level == DIAG_ERROR;
    diags->warnings += diag.level == DIAG_WARNING;
}

__attribute__((format(printf, 3, 0))) static void add(struct diags *diags, struct diag diag,
                                                      const char *format, va_list args)
{
    struct buf message = {0};

    buf_addv(&message, format, args);
    diag.message = buf_take(&message, &diags->arena).ptr;
    keep(diags, diag);
}

void diag_add(struct diags *diags, enum diag_level level, struct place place, unsigned width,
              const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(diags, (struct diag){level, place, width, NULL}, format, args);
    va_end(args);
}

void diag_error_at(struct diags *diags, const struct source *source, struct span where,
                   const char *format, ...)
{
    unsigned width = where.len < EXCERPT ? (unsigned)where.len : EXCERPT;
    va_list args;

    va_start(args, format);
    add(diags,
        (struct diag){DIAG_ERROR, source_place(source, where.ptr), width != 0 ? width : 1, NULL},
        format, args);
    va_end(args);
}

void diag_note(struct diags *diags, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(diags, (struct diag){.level = DIAG_NOTE}, format, args);
    va_end(args);
}

void diag_system(struct diags *diags, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(diags, (struct diag){.level = DIAG_ERROR}, format, args);
    va_end(args);
    diags->system_failed = true;
}

void diag_append(struct diags *diags, struct diags *from)
{
    for (size_t i = 0; i < from->count; i++)
        keep(diags, from->list[i]);
    diags->system_failed = diags->system_failed || from->system_failed;
    arena_adopt(&diags->arena, &from->arena);
    diag_free(from);
}

bool diag_failed(const struct diags *diags)
{
    return diags->errors > 0 || (diags->strict && diags->warnings > 0);
}

int diag_exit_status(const struct diags *diags)
{
    if (diags->system_failed)
        return 2;
    return diag_failed(diags) ? 1 : 0;
}

/* A message and its notes move as one. */
struct group {
    const struct diag *first;
    size_t count, order;
    struct alike *alike; /* those that say the same; NULL: not asked, or none */
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    const struct place *p = &x->first->place, *q = &y->first->place;
    int order;

    if ((p->source == NULL) != (q->source == NULL))
        return p->source == NULL ? 1 : -1;
    if (p->source != NULL && p->source != q->source) {
        order = strcmp(p->source->path, q->source->path);
        if (order != 0)
            return order;
    }
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    if (p->column != q->column)
        return p->column < q->column ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static struct group *sorted_groups(const struct diags *diags, size_t *count)
{
    struct group *groups = mem_alloc((diags->count + 1) * sizeof *groups);

    *count = 0;
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->list[i].level != DIAG_NOTE || *count == 0) {
            groups[*count] = (struct group){&diags->list[i], 1, *count, NULL};
            ++*count;
        } else {
            groups[*count - 1].count++;
        }
    }
    if (*count > 1)
        qsort(groups, *count, sizeof *groups, compare_groups);
    return groups;
}

/* U+0000 to U+001F but tabs, U+007F to U+009F. */
static bool is_control(struct span character)
{
    unsigned char c = (unsigned char)character.ptr[0];

    return (c < 0x20 && c != '\t') || c == 0x7f ||
           (character.len == 2 && c == 0xc2 && (unsigned char)character.ptr[1] < 0xa0);
}

/* Nothing that a chapter holds may steer the terminal. */
static void put_printable(struct span text, FILE *stream)
{
    while (text.len > 0) {
        struct span character = {text.ptr, span_character(text)};

        if (character.len == 0 || text.ptr[0] == '\0')
            fputs("\xef\xbf\xbd", stream);
        else if (is_control(character))
            putc('?', stream);
        else
            for (size_t i = 0; i < character.len; i++)
                putc(character.ptr[i], stream);
        text = span_skip(text, character.len > 0 ? character.len : 1);
    }
}

/* Up to EXCERPT bytes of the line, around the column when it is a long one. */
static struct span excerpt(struct place place, size_t *before)
{
    struct span line = source_line(place.source, place.line);
    size_t at = place.column - 1 < line.len ? place.column - 1 : line.len;
    size_t skip = line.len > EXCERPT && at > EXCERPT / 2 ? at - EXCERPT / 2 : 0;

    while (skip > 0 && skip < at && ((unsigned char)line.ptr[skip] & 0xc0) == 0x80)
        skip++;
    *before = at - skip;
    return span_bytes(span_skip(line, skip), EXCERPT);
}

/* Blanks as wide as the text before the caret; tabs stay tabs. */
static void pad_to_caret(struct span text, FILE *stream)
{
    while (text.len > 0) {
        const char *tab = memchr(text.ptr, '\t', text.len);
        struct span run = {text.ptr, tab != NULL ? (size_t)(tab - text.ptr) : text.len};

        fprintf(stream, "%*s%s", (int)span_width(run), "", tab != NULL ? "\t" : "");
        text = span_skip(text, run.len + 1);
    }
}

static void print_caret(const struct diag *diag, FILE *stream)
{
    size_t before, width;
    struct span line = excerpt(diag->place, &before), marked;

    fprintf(stream, "%5u | ", diag->place.line);
    put_printable(line, stream);
    fputs("\n      | ", stream);
    pad_to_caret(span_between(line.ptr, line.ptr + before), stream);
    marked = span_skip(line, before);
    if (marked.len > diag->width)
        marked.len = diag->width;
    putc('^', stream);
    width = span_width(marked);
    for (size_t i = 1; i < width; i++)
        putc('~', stream);
    putc('\n', stream);
}

static const char *level_name(enum diag_level level)
{
    static const char *const names[] = {"error", "warning", "note"};

    return names[level];
}

static void print_one(const struct diag *diag, FILE *stream, bool colour)
{
    static const char *const colours[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    const char *on = colour ? colours[diag->level] : "", *off = colour ? "\033[0m" : "";

    if (diag->place.source != NULL) {
        put_printable(span_of(diag->place.source->path), stream);
        if (diag->place.line > 0)
            fprintf(stream, ":%u:%u", diag->place.line, diag->place.column);
        fputs(": ", stream);
    } else if (diag->level != DIAG_NOTE) {
        fputs("heddle: ", stream);
    }
    fprintf(stream, "%s%s:%s ", on, level_name(diag->level), off);
    put_printable(span_of(diag->message), stream);
    putc('\n', stream);
    if (diag->place.source != NULL && diag->place.line > 0 && diag->width > 0)
        print_caret(diag, stream);
}

/* Groups of a run whose messages are equal, with those of their notes. */
struct alike {
    const struct group **groups; /* in the order of their places */
    size_t count, cap, shown;
};

/* All messages of a group as one key. */
static struct span words_of(const struct group *group, struct arena *arena)
{
    struct buf words = {0};

    for (size_t i = 0; i < group->count; i++)
        buf_addf(&words, "%s\n", group->first[i].message);
    return buf_take(&words, arena);
}

/* Sets each group's `alike`. One that has no place says something of its own each time. */
static void find_alike(struct group *groups, size_t count, struct arena *arena)
{
    struct table table = {0};

    for (size_t i = 0; i < count; i++) {
        void **slot;

        if (groups[i].first->place.source == NULL)
            continue;
        slot = table_put(&table, words_of(&groups[i], arena));
        if (*slot == NULL)
            *slot = arena_array(arena, 1, sizeof(struct alike));
        groups[i].alike = *slot;
        *ARRAY_PUSH_IN(arena, groups[i].alike->groups, groups[i].alike->count,
                       groups[i].alike->cap) = &groups[i];
    }
    table_free(&table);
}

/* "note: 2 more places say the same: a.md:3, 7; b.md:1" */
static void print_places(const struct alike *alike, FILE *stream, bool colour)
{
    const struct source *source = NULL;

    fprintf(stream, "%snote:%s %zu more places say the same: ", colour ? "\033[1;36m" : "",
            colour ? "\033[0m" : "", alike->count - FEW);
    for (size_t i = FEW; i < alike->count; i++) {
        const struct place *place = &alike->groups[i]->first->place;

        if (place->source == source) {
            fprintf(stream, ", %u", place->line);
            continue;
        }
        fputs(source != NULL ? "; " : "", stream);
        source = place->source;
        put_printable(span_of(source->path), stream);
        fprintf(stream, ":%u", place->line);
    }
    putc('\n', stream);
}

/* What would be read once, and then passed over, is said a few times. */
static void print_group(const struct group *group, FILE *stream, bool colour)
{
    struct alike *alike = group->alike;
    bool many = alike != NULL && alike->count > MANY;

    if (many && alike->shown == FEW)
        return;
    for (size_t i = 0; i < group->count; i++)
        print_one(&group->first[i], stream, colour);
    if (many && ++alike->shown == FEW)
        print_places(alike, stream, colour);
}

void diag_print(const struct diags *diags, FILE *stream, bool colour)
{
    size_t count;
    struct group *groups = sorted_groups(diags, &count);
    struct arena arena = {0};

    find_alike(groups, count, &arena);
    for (size_t i = 0; i < count; i++)
        print_group(&groups[i], stream, colour);
    arena_free(&arena);
    free(groups);
}

static void add_json(const struct diag *diag, struct buf *buf)
{
    buf_addf(buf, "{\"level\": \"%s\"", level_name(diag->level));
    if (diag->place.source != NULL) {
        buf_adds(buf, ", \"file\": ");
        buf_add_json(buf, span_of(diag->place.source->path));
        if (diag->place.line > 0)
            buf_addf(buf, ", \"line\": %u, \"column\": %u", diag->place.line, diag->place.column);
    }
    buf_adds(buf, ", \"message\": ");
    buf_add_json(buf, span_of(diag->message));
    buf_addc(buf, '}');
}

void diag_print_json(const struct diags *diags, struct buf *buf)
{
    size_t count, written = 0;
    struct group *groups = sorted_groups(diags, &count);

    buf_addc(buf, '[');
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < groups[i].count; j++) {
            buf_adds(buf, written++ > 0 ? ",\n  " : "\n  ");
            add_json(&groups[i].first[j], buf);
        }
    buf_adds(buf, written > 0 ? "\n]" : "]");
    free(groups);
}

void diag_free(struct diags *diags)
{
    free(diags->list);
    arena_free(&diags->arena);
    *diags = (struct diags){0};
}
