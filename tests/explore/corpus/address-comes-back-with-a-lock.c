/*
 * A lock in a block that was freed without destroying it is gone with it, wherever the
 * next one lies.
 *
 * can: exit 0 | end\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void use(void)
{
    pthread_mutex_t *mutex = malloc(sizeof *mutex);

    pthread_mutex_init(mutex, NULL);
    pthread_mutex_lock(mutex);
    pthread_mutex_unlock(mutex);
    free(mutex);
}

int main(void)
{
    use();
    use();
    puts("end");
    return 0;
}
