/*
 * Run a command and say what it cost: wall microseconds, largest resident set
 * in KiB, its exit status, and microseconds of processors, written to descriptor 3.
 *
 *     bench_time COMMAND... 3>> numbers
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long microseconds(struct timeval time)
{
    return (long long)time.tv_sec * 1000000 + time.tv_usec;
}

int main(int argc, char **argv)
{
    struct timespec begin, end;
    struct rusage usage;
    pid_t child;
    int status;

    if (argc < 2)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (posix_spawnp(&child, argv[1], NULL, NULL, argv + 1, environ) != 0)
        return 2;
    if (waitpid(child, &status, 0) != child)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_CHILDREN, &usage);
    dprintf(3, "%lld %ld %d %lld\n",
            (long long)(end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000,
            usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128,
            microseconds(usage.ru_utime) + microseconds(usage.ru_stime));
    return 0;
}
