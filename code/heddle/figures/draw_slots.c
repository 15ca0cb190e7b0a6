/*
 * A queue's slots, a row a line of output: "put 3" lays a number in, "got 3" or
 * "get" takes the oldest out. What could not be done says so behind a colon
 * ("put 3: closed") and leaves the queue as it was. room= is how many slots there are.
 */
#include <string.h>

#include "heddle/figures/draw.h"

enum { ROW = 44, SLOT = 42, WORDS = 380, MOST_ITEMS = 4, MOST_ROWS = 12 };

struct slots {
    struct span items[MOST_ITEMS]; /* the oldest first */
    unsigned count, room;
};

/* Behind the word, or false when it is not there. */
static bool find_word(struct span line, const char *word, struct span *behind)
{
    struct span before;

    *behind = line;
    if (!span_find(behind, word, &before) || (before.len > 0 && !span_ends(before, " ")))
        return false;
    *behind = span_skip(*behind, strlen(word));
    return true;
}

static struct span number_of(struct span text)
{
    text = span_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return (struct span){text.ptr, i};
    return text;
}

static bool is_done(struct span line)
{
    struct span before;

    return !span_find(&line, ": ", &before) || span_is(line, ": done");
}

/* False when it is neither, or could not be done. */
static bool take_line(struct slots *slots, struct span line)
{
    struct span behind;

    if (!is_done(line))
        return false;
    if (find_word(line, "put ", &behind) && slots->count < slots->room) {
        slots->items[slots->count++] = number_of(behind);
    } else if ((find_word(line, "got", &behind) || find_word(line, "get", &behind)) &&
               slots->count > 0) {
        slots->count--;
        memmove(slots->items, slots->items + 1, slots->count * sizeof *slots->items);
    } else {
        return false;
    }
    return true;
}

static void add_slots(const struct slots *slots, double left, double y, struct buf *out)
{
    for (unsigned i = 0; i < slots->room; i++) {
        double x = left + (SLOT + 6) * (slots->room - 1 - i);

        buf_addf(out, "<path class=\"%s\" d=\"", i < slots->count ? "t0" : "e");
        draw_box(out, x, y + 2, SLOT, SLOT - 6);
        buf_adds(out, "\"/>");
        if (i < slots->count)
            draw_text(out, x + 14, y + 28, "i", slots->items[i], SLOT);
    }
}

/* A program that says who speaks has a colour for each. */
static double add_speaker(struct span names[], unsigned *count, struct span *line, double x,
                          double y, struct buf *out)
{
    struct span word = *line;

    for (word.len = 0; word.len < line->len && line->ptr[word.len] != ' ';)
        word.len++;
    if (span_is(word, "put") || span_starts(word, "get"))
        return 0;
    draw_shape(out, draw_number_of(names, count, 4, word), x + 10, y + 21);
    return 26;
}

/* Rows side by side, where there is room for that: time goes down, then on. */
static unsigned rows_a_column(struct span data, unsigned width, unsigned room)
{
    unsigned rows = 0, columns = width / (WORDS + (SLOT + 6) * room + 20);

    for (struct span line; rows < MOST_ROWS && span_line(&data, &line);)
        rows++;
    return columns > 1 && rows > 3 ? (rows + 1) / 2 : rows > 0 ? rows : 1;
}

unsigned draw_slots(const struct figure *figure, unsigned width, struct buf *out)
{
    const struct attr *room = attr_get(&figure->snippet->part->block->attrs, "room");
    struct slots slots = {0};
    struct span rest = figure->data, line, names[4];
    unsigned long number = 1;
    unsigned rows = 0, count = 0, deep;

    if (room != NULL && span_number(room->value, MOST_ITEMS, &number))
        number = number > 0 ? number : 1;
    slots.room = (unsigned)number;
    deep = rows_a_column(figure->data, width, slots.room);
    while (rows < MOST_ROWS && span_line(&rest, &line)) {
        bool done = take_line(&slots, line);
        double y = ROW * (rows % deep), left = rows / deep * (width / 2.0);
        double x = add_speaker(names, &count, &line, left, y, out);

        draw_text(out, left + x, y + 28, done || is_done(line) ? "" : "x", line, WORDS - x);
        add_slots(&slots, left + WORDS + 20, y, out);
        rows++;
    }
    return ROW * (rows < deep ? rows : deep) + 4;
}
