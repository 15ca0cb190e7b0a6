/* Two threads, two increments each, no lock. Final values: 2, 3, 4. */
#include <pthread.h>
#include <stdio.h>

static int counter;

static void *count(void *arg)
{
    for (int i = 0; i < 2; i++)
        counter++;
    return arg;
}

int main(void)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", counter);
    return 0;
}
