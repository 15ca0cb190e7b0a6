/*
 * stderr is put where stdout is: the bytes come in either order.
 *
 * can: exit 0 | fm
 * can: exit 0 | mf
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <unistd.h>

static void *write_f(void *argument)
{
    (void)!write(STDERR_FILENO, "f", 1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    dup2(STDOUT_FILENO, STDERR_FILENO);
    pthread_create(&thread, NULL, write_f, NULL);
    (void)!write(STDOUT_FILENO, "m", 1);
    pthread_join(thread, NULL);
    return 0;
}
