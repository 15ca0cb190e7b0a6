/*
 * The same claims where there is no futex: lib/queue is compiled once more, as
 * it would be on a system that is not Linux, and takes the library's place.
 */
#define _GNU_SOURCE /* syscall */

#include "queue_check.h"

#undef __linux__
#include "lib/queue.c"
#include "lib/queue_sleep.c"

#include "test_queue.c"
