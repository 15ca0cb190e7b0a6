/*
 * What lies between two times does not depend on what time it is.
 *
 * can: exit 0 | later\n
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

int main(void)
{
    const struct timespec moment = {0, 1000000};
    struct timespec before, after;

    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&moment, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    puts((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec > before.tv_nsec
             ? "later"
             : "not later");
    return 0;
}
