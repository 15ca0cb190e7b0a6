// Somebody's C++20 program: calls, options with names, a worker's function.
#include <heddle/clock.h>
#include <heddle/lock.h>
#include <heddle/process.h>
#include <heddle/queue.h>
#include <heddle/thread.h>
#include <heddle/worker.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>

static std::atomic<int> sum;
static struct lock door = LOCK_INIT("door", 1);

static void *add(void *item, void *, thread_error *error)
{
    if (*static_cast<int *>(item) < 0)
        return thread_fail(error, EDOM, "%d is below zero", *static_cast<int *>(item));
    sum += *static_cast<int *>(item);
    return item;
}

static bool runs()
{
    process_result result;
    const std::string word = "it fits";
    int err = PROCESS_RUN(&result, PROCESS_ARGV("echo", word.c_str()), .stdout_to = PROCESS_PIPE,
                          .timeout_ms = 60000, .check = true);
    bool right = err == 0 && result.out == word + "\n";

    process_result_destroy(&result);
    right = PROCESS_RUN(&result, PROCESS_ARGV("true")) == 0 && right;
    process_result_destroy(&result);
    return right;
}

static bool starts()
{
    process child;
    int code = -1;
    bool right = PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE) == 0;

    process_close(&child.stdin_fd);
    right = process_wait(&child, PROCESS_FOREVER, &code) == 0 && code == 0 && right;
    process_destroy(&child);
    return right;
}

static bool works()
{
    int numbers[] = {1, 2, -3};
    struct queue queue;
    worker workers[2];
    worker_failure *failures = nullptr;
    bool right = queue_init(&queue, 1) == 0 &&
                 workers_start(workers, 2, "adder", add, nullptr, &queue, nullptr) == 0;

    for (int &number : numbers)
        right = right && queue_put(&queue, &number, nullptr) == 0;
    right = right && workers_stop(workers, 2, &failures) == EDOM && failures->item == &numbers[2];
    worker_failures_free(failures);
    return right && queue_destroy(&queue) == 0 && sum == 3;
}

static bool loops()
{
    struct queue queue;
    queue_loop loop = {.queue = &queue, .busy = false};
    void *item;
    bool right = queue_init(&queue, QUEUE_UNBOUNDED) == 0 && queue_try_put(&queue, QUEUE_END) == 0;

    right = right && !queue_next(&loop, &item);
    lock_acquire(&door);
    right = right && lock_is_held(&door);
    lock_release(&door);
    return right && queue_destroy(&queue) == 0 && !clock_passed(clock_after_ms(60000));
}

int main()
{
    return !runs() || !starts() || !works() || !loops() || std::puts("it fits") < 0;
}
