#define _GNU_SOURCE
#include "explore/search/progress.h"

#include <stdio.h>
#include <stdlib.h>

#include "explore/search/patience.h"

static const char *plural(unsigned long count)
{
    return count == 1 ? "" : "s";
}

/* Two digits are all that is known of it. */
static void write_about(FILE *out, double number)
{
    static const char *const units[] = {"", " thousand", " million", " billion"};
    unsigned unit = 0;

    for (; number >= 999.5 && unit < 3; unit++)
        number /= 1000;
    if (number >= 999.5)
        fprintf(out, "%.0e", number * 1e9);
    else if (number < 9.95 && unit > 0)
        fprintf(out, "%.1f%s", number, units[unit]);
    else if (number < 99.5)
        fprintf(out, "%.0f%s", number, units[unit]);
    else
        fprintf(out, "%.0f0%s", number / 10, units[unit]);
}

static void write_time(FILE *out, double seconds)
{
    static const struct {
        double size;
        const char *name;
    } units[] = {{86400, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    unsigned unit = 0;

    while (unit < 3 && seconds < 2 * units[unit].size)
        unit++;
    write_about(out, seconds / units[unit].size);
    fprintf(out, " %s", units[unit].name);
}

/* What is wanted of the search becomes known as it goes on, so this is too little
 * rather than too much; and nothing is said before a thousandth is done. */
static void write_rest(FILE *out, const struct exploration *all, double done)
{
    if (done < 0.001 || done > 1)
        return;
    fputs(" of ", out);
    write_about(out, (double)all->runs / done);
    fputs(" or more, ", out);
    write_time(out, all->seconds / done * (1 - done) + 1);
    fputs(" or more to go", out);
}

void progress_show(const struct exploration *all, double done, unsigned depth)
{
    char *line = NULL;
    size_t size;
    FILE *out = open_memstream(&line, &size);

    if (out == NULL)
        return;
    fprintf(out, "%lu run%s", all->runs, plural(all->runs));
    write_rest(out, all, done);
    fprintf(out, "; %zu outcome%s, depth %u, ", all->outcomes.count, plural(all->outcomes.count),
            depth);
    write_time(out, all->seconds);
    fclose(out);
    patience_show(line);
    free(line);
}
