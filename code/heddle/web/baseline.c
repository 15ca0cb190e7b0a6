#include "heddle/web/baseline.h"

#include <string.h>

unsigned long baseline_allows(struct span baseline, const char *path)
{
    struct span line, count;
    unsigned long number;

    while (span_line(&baseline, &line)) {
        line = span_trim(line);
        if (span_find(&line, " ", &count) && span_is(span_trim(line), path) &&
            span_number(count, 1000000000, &number))
            return number;
    }
    return 0;
}

void baseline_add(struct buf *out, const char *path, size_t count)
{
    if (count > 0)
        buf_addf(out, "%zu %s\n", count, path);
}
