/*
 * A program seen from outside while it runs: what Linux tells in /proc of its
 * threads and of its children, some thousand times a second. Nothing is changed
 * in the program, and nothing in how it runs; what is over within a millisecond
 * may not be seen.
 */
#ifndef HEDDLE_SYSTEM_OBSERVE_H
#define HEDDLE_SYSTEM_OBSERVE_H

#include "heddle/system/sandbox.h"

/*
 * Run the call as sandbox_run() does, and append what was seen, as lines:
 *
 *     main 0 run 2 wait 500        a thread or process, when it began (ms), and
 *     thread 1 501 wait 100        for how long it ran (or could) or waited
 *     thread 2 … 501 wait 99 none 3 wait 101
 *
 * the last being several, one after the other,
 *
 * or, for `pipes`, who held which ends when there were most processes:
 *
 *     item-52-chain reads 2 writes 1
 *     openssl reads 1 writes 2
 *
 * Returns what sandbox_run() does; ENOTSUP where there is no /proc.
 */
int observe_run(const char *sandbox, const struct sandbox_call *call, bool pipes,
                struct process_result *result, struct buf *seen);

#endif
