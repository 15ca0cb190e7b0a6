/* The same stress where there is no futex: see test_queue_portable.c. */
#define _GNU_SOURCE /* sched_setaffinity, syscall */

#include "queue_check.h"

#undef __linux__
#include "lib/queue.c"
#include "lib/queue_sleep.c"

#include "test_queue_stress.c"
