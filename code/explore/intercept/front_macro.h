/*
 * A function of ours in front of the C library's of that name; see link.sh. In
 * it, and everywhere else in the explorer, the name means the library's own.
 */
#ifndef EXPLORE_INTERCEPT_FRONT_MACRO_H
#define EXPLORE_INTERCEPT_FRONT_MACRO_H

#define FRONT(type, name, parameters) \
    type front_##name parameters __asm__("front." #name); \
    type front_##name parameters

#endif
