/*
 * Numbers of processes and threads are virtual, the same in every run: a
 * thread's is its process's and a bit, main's is the same. The kernel promises only the
 * latter; in another world it is its process's less a bit.
 *
 * can: exit 0 | 0 1 2\n
 * says: depends on the number of its process
 * status: 3
 * native: no, the machine gives any numbers
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static void *number(void *argument)
{
    (void)argument;
    return (void *)(uintptr_t)gettid();
}

int main(void)
{
    pthread_t a, b;
    void *first, *second;

    pthread_create(&a, NULL, number, NULL);
    pthread_create(&b, NULL, number, NULL);
    pthread_join(a, &first);
    pthread_join(b, &second);
    printf("%d %d %d\n", gettid() - getpid(), (int)(uintptr_t)first - getpid(),
           (int)(uintptr_t)second - getpid());
    return 0;
}
