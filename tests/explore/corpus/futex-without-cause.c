/* futex(2): a wait may return 0 though nobody has woken it. Who does not look
 * again goes on before the flag is set.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * says: at most 1 wake-up without cause a thread
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
