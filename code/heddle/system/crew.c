#include "heddle/system/crew.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "heddle/base/arena.h"

static size_t choose_threads(unsigned threads, size_t count)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (threads == 0)
        threads = processors > 0 ? (unsigned)processors : 1;
    return threads < count ? threads : count;
}

static void open_queue(struct queue *queue, size_t capacity)
{
    if (queue_init(queue, capacity) != 0)
        mem_none();
}

void crew_open(struct crew *crew, void *things, size_t count, size_t size)
{
    *crew = (struct crew){.left = count};
    open_queue(&crew->todo, count);
    open_queue(&crew->done, count);
    for (size_t i = 0; i < count; i++)
        if (queue_try_put(&crew->todo, (char *)things + i * size) != 0)
            mem_none();
    queue_close(&crew->todo);
}

size_t crew_start(struct crew *crew, unsigned threads, worker_function *work, void *context,
                  size_t stride)
{
    size_t wanted = choose_threads(threads, crew->left);
    bool had = wanted > 1;

    crew->work = work;
    crew->context = context;
    crew->workers = mem_alloc(wanted * sizeof *crew->workers);
    while (had && crew->running < wanted) {
        had =
            workers_start(&crew->workers[crew->running], 1, "heddle", work,
                          (char *)context + crew->running * stride, &crew->todo, &crew->done) == 0;
        crew->running += had;
    }
    return crew->running > 0 ? crew->running : 1;
}

static void *work_here(struct crew *crew)
{
    struct thread_error error = {0};
    void *thing;

    if (queue_try_get(&crew->todo, &thing) != 0)
        return NULL;
    return crew->work(thing, crew->context, &error);
}

void *crew_next(struct crew *crew)
{
    void *thing = NULL;

    if (crew->left == 0)
        return NULL;
    if (crew->running == 0)
        thing = work_here(crew);
    else if (queue_get(&crew->done, &thing, NULL) != 0)
        return NULL;
    crew->left--;
    return thing;
}

void crew_stop(struct crew *crew)
{
    queue_close_now(&crew->todo, NULL, NULL);
    queue_close(&crew->done);
}

void crew_wait(struct crew *crew)
{
    for (; crew->running > 0; crew->running--) {
        int err = workers_stop(&crew->workers[crew->running - 1], 1, NULL);

        assert(err == 0 || err == EPIPE); /* stopped: nobody takes it any more */
        (void)err;
    }
    crew->left = 0;
}

void crew_close(struct crew *crew)
{
    crew_wait(crew);
    queue_destroy(&crew->todo);
    queue_destroy(&crew->done);
    free(crew->workers);
}
