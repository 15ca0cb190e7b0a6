/*
 * A program whose heap is its own: it gives out memory once, and takes none back.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static _Alignas(16) char memory[1024];
static size_t used;

void *malloc(size_t size)
{
    void *block = memory + used;

    used += (size + 15) / 16 * 16;
    return used <= sizeof memory ? block : NULL;
}

void free(void *block)
{
    (void)block;
}

static void *work(void *argument)
{
    free(malloc(8));
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    puts("end");
    return 0;
}
