/*
 * Tests of heddle: spans in assertions.
 */
#ifndef HEDDLE_TESTS_CHECK_H
#define HEDDLE_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/text.h"
#include "tests.h"

/* cmocka would stop at a NUL; a span may hold one. */
#define assert_span(span, string) assert_span_at((span), (string), __FILE__, __LINE__)

static inline void assert_span_at(struct span span, const char *string, const char *file, int line)
{
    if (!span_is(span, string)) {
        print_error("\"%.*s\" is not \"%s\"\n", SPAN_ARG(span), string);
        _fail(file, line);
    }
}

#endif
