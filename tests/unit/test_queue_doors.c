/*
 * The same claims where each door has a lock of its own, however little room there is
 * between them: lib/queue is compiled once more and takes the library's place.
 */
#define _GNU_SOURCE /* syscall */

#include "queue_check.h"

#define TWO_DOORS 1
#include "lib/queue.c"
#include "lib/queue_sleep.c"

#include "test_queue.c"
