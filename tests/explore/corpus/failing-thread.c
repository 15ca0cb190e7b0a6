/* pthread_create() may fail, once a run: the second after the first, or the first.
 *
 * explore: failing=thread
 * can: exit 0 | 2 threads\n
 * can: exit 0 | 1 threads\n
 * says: at most 1 pthread_create a run fails, and no other call
 * says: "model": "c11"
 */
#include <pthread.h>
#include <stdio.h>

static void *nothing(void *arg)
{
    return arg;
}

int main(void)
{
    pthread_t threads[2];
    int count = 0;

    for (int i = 0; i < 2; i++)
        count += pthread_create(&threads[count], NULL, nothing, NULL) == 0;
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    printf("%d threads\n", count);
    return 0;
}
