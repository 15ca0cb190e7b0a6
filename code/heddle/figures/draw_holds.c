/*
 * A deadlock as the circle that it is: each thread wants a lock which the next
 * one has. The explorer's words are "NAME waits for the mutex LOCK, which NAME
 * has"; what else waits stands below.
 */
#include <math.h>
#include <string.h>

#include "heddle/figures/draw.h"

enum { MOST = 6, WIDE = 174, TALL = 54, LOCK_WIDE = 110, CENTRE_X = 320, CENTRE_Y = 186 };
static const double radius_x = 230, radius_y = 150, pi = 3.14159265358979;

struct wish {
    struct span who, lock, holder;
};

struct circle {
    struct wish wishes[MOST];
    unsigned count;
};

static bool read_wish(struct span line, struct wish *wish)
{
    struct span rest = line, what;

    if (!span_find(&rest, " waits for the ", &wish->who))
        return false;
    rest = span_skip(rest, strlen(" waits for the "));
    if (!span_find(&rest, ", which ", &what) || !span_ends(rest, " has"))
        return false;
    wish->holder = span_skip(rest, strlen(", which "));
    wish->holder.len -= strlen(" has");
    for (wish->lock = what; what.len > 0; what = span_skip(what, 1))
        if (what.ptr[0] == ' ')
            wish->lock = span_skip(what, 1); /* "mutex b" is "b" */
    return true;
}

/* In the order of the circle: behind each, whoever has what it wants. */
static void order(struct circle *circle)
{
    for (unsigned i = 0; i + 1 < circle->count; i++)
        for (unsigned j = i + 1; j < circle->count; j++)
            if (span_equal(circle->wishes[j].who, circle->wishes[i].holder)) {
                struct wish next = circle->wishes[j];

                circle->wishes[j] = circle->wishes[i + 1];
                circle->wishes[i + 1] = next;
            }
}

static double x_at(double angle)
{
    return CENTRE_X + radius_x * cos(angle);
}

static double y_at(double angle)
{
    return CENTRE_Y + radius_y * sin(angle);
}

/* From where on, in steps of that length, the circle is out of a node's box. */
static double leave(double angle, double step, double wide)
{
    double x = x_at(angle), y = y_at(angle);

    while (fabs(x_at(angle) - x) < wide / 2 + 8 && fabs(y_at(angle) - y) < TALL / 2.0 + 8)
        angle += step;
    return angle;
}

static void add_arrow(double from, double to, const char *words, struct buf *out)
{
    double middle = (from + to) / 2, x = x_at(to), y = y_at(to);
    double turn = atan2(radius_y * cos(to), -radius_x * sin(to));

    buf_addf(out, "<path class=\"l lx\" d=\"M%.4g %.4gA%g %g 0 0 1 %.4g %.4g\"/>", x_at(from),
             y_at(from), radius_x, radius_y, x, y);
    buf_addf(out, "<path class=\"x\" d=\"M%.4g %.4gL%.4g %.4gL%.4g %.4gz\"/>", x + 8 * cos(turn),
             y + 8 * sin(turn), x + 16 * cos(turn + 2.6), y + 16 * sin(turn + 2.6),
             x + 16 * cos(turn - 2.6), y + 16 * sin(turn - 2.6));
    draw_text(out, CENTRE_X + (radius_x - 50) * cos(middle) - 26,
              CENTRE_Y + (radius_y - 34) * sin(middle) + 7, "x", span_of(words), 200);
}

static void add_node(double angle, double wide, int thread, struct span name, struct buf *out)
{
    double x = x_at(angle) - wide / 2, y = y_at(angle) - TALL / 2.0;

    if (thread >= 0)
        buf_addf(out, "<path class=\"w%d\" d=\"", thread % 4);
    else
        buf_adds(out, "<path class=\"e\" d=\"");
    draw_box(out, x, y, wide, TALL);
    buf_adds(out, "\"/>");
    if (thread >= 0)
        draw_shape(out, (unsigned)thread, x + 20, y + TALL / 2.0);
    draw_text(out, x + (thread >= 0 ? 38 : 16), y + TALL / 2.0 + 7, thread >= 0 ? "b" : "m", name,
              wide - (thread >= 0 ? 38 : 20));
}

static void add_circle(const struct circle *circle, struct buf *out)
{
    double part = pi / circle->count;

    for (unsigned i = 0; i < circle->count; i++) {
        double thread = pi + 2 * i * part, lock = thread + part, next = lock + part;
        struct buf name = {0};

        buf_addf(&name, "lock %.*s", SPAN_ARG(circle->wishes[i].lock));
        add_node(thread, WIDE, (int)i + 1, circle->wishes[i].who, out);
        add_node(lock, LOCK_WIDE, -1, buf_span(&name), out);
        add_arrow(leave(thread, 0.01, WIDE), leave(lock, -0.01, LOCK_WIDE) - 0.06, "wants", out);
        add_arrow(leave(lock, 0.01, LOCK_WIDE), leave(next, -0.01, WIDE) - 0.06, "held by", out);
        buf_free(&name);
    }
}

unsigned draw_holds(const struct figure *figure, unsigned width, struct buf *out)
{
    struct circle circle = {0};
    struct span rest = figure->data, line;
    unsigned height = CENTRE_Y * 2 + 10;

    while (span_line(&rest, &line)) {
        struct wish wish;

        line = span_trim(line);
        if (circle.count < MOST && read_wish(line, &wish)) {
            circle.wishes[circle.count++] = wish;
        } else {
            draw_text(out, 4, height + 22, "s", line, width);
            height += 30;
        }
    }
    order(&circle);
    if (circle.count > 0)
        add_circle(&circle, out);
    return height;
}
