/*
 * Arrays of which a run touches little lie apart: then all the rest that it writes is on
 * few pages, and pages are what is put back (world/pages.h).
 */
#ifndef EXPLORE_BASE_LARGE_H
#define EXPLORE_BASE_LARGE_H

/* In front of `static`, of what begins with zeros. */
#define LARGE __attribute__((section(".bss.explore_large"), aligned(4096)))

#endif
