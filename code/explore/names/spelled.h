/*
 * Names as their source has them: those of C++ are another thing to linkers.
 */
#ifndef EXPLORE_NAMES_SPELLED_H
#define EXPLORE_NAMES_SPELLED_H

/* "queue::size" for "_ZN5queue4sizeEv"; any other name as it is. What is returned is
 * there until the process ends, as `name` must be. */
const char *name_spelled(const char *name);

#endif
