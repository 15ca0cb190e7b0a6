/* The same as futex-without-cause.c, without that: who waits until it is woken
 * or finds another word, sees the flag.
 *
 * can: exit 0 | 1\n
 * explore: spurious=0
 * says: no wake-up without cause
 * models: weaker, when the kernel finds another word, that is no acquire
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int word, flag;

static void *wait_once(void *arg)
{
    syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    printf("%d\n", atomic_load(&flag));
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_once, NULL);
    atomic_store(&flag, 1);
    atomic_store(&word, 1);
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    pthread_join(thread, NULL);
    return 0;
}
