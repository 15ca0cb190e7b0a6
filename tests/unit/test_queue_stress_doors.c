/* The same stress where each door has a lock of its own: see test_queue_doors.c. */
#define _GNU_SOURCE /* sched_setaffinity, syscall */

#include "queue_check.h"

#define TWO_DOORS 1
#include "lib/queue.c"
#include "lib/queue_sleep.c"

#include "test_queue_stress.c"
