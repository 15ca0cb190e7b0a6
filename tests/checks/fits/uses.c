/* Somebody's C program: one call of each module of the library. */
#include <heddle/clock.h>
#include <heddle/lock.h>
#include <heddle/process.h>
#include <heddle/queue.h>
#include <heddle/thread.h>
#include <heddle/worker.h>

#include <stdio.h>
#include <string.h>

static struct lock sum_lock = LOCK_INIT("sum", 1);
static int sum;

static void *add(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    lock_acquire(&sum_lock);
    sum += *(int *)item;
    lock_release(&sum_lock);
    return item;
}

static int crew(void)
{
    static int numbers[] = {1, 2, 3, 4};
    struct timespec from = clock_now();
    struct worker workers[2];
    struct queue queue;
    int err = queue_init(&queue, 1);

    if (err == 0)
        err = workers_start(workers, 2, "adder", add, NULL, &queue, NULL);
    for (int i = 0; i < 4 && err == 0; i++)
        err = queue_put(&queue, &numbers[i], NULL);
    if (err == 0)
        err = workers_stop(workers, 2, NULL);
    return err == 0 && sum == 10 && clock_seconds_since(from) >= 0 ? queue_destroy(&queue) : 1;
}

/* In a shared library as well, for which this is what it offers. */
int uses_heddle(void);
int uses_heddle(void)
{
    struct process_result result;
    int err = PROCESS_RUN(&result, PROCESS_ARGV("echo", "it fits"), .stdout_to = PROCESS_PIPE);

    if (err == 0)
        err = strcmp(result.out, "it fits\n") != 0;
    process_result_destroy(&result);
    return err != 0 ? err : crew();
}

#ifndef NO_MAIN
int main(void)
{
    return uses_heddle() != 0 || puts("it fits") < 0;
}
#endif
