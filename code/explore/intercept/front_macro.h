/*
 * A function of ours in front of the C library's of that name; see link.sh. In
 * it, and everywhere else in the explorer, the name means the library's own.
 */
#ifndef EXPLORE_INTERCEPT_FRONT_MACRO_H
#define EXPLORE_INTERCEPT_FRONT_MACRO_H

#include <stdarg.h>

#define FRONT(type, name, parameters) \
    type front_##name parameters __asm__("front." #name); \
    type front_##name parameters

/* ... that takes more than it names: `call` has what stands behind `last` as args. */
#define FRONT_MORE(type, name, parameters, last, call) \
    FRONT(type, name, parameters) \
    { \
        va_list args; \
        type result; \
\
        va_start(args, last); \
        result = call; \
        va_end(args); \
        return result; \
    }

#endif
