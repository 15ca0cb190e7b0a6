/*
 * A mutex for each turn, none destroyed: each is a variable of its own, though they
 * stand at one place.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    int count = 0;

    for (int i = 0; i < 2; i++) {
        pthread_mutex_t lock;

        pthread_mutex_init(&lock, NULL);
        pthread_mutex_lock(&lock);
        count++;
        pthread_mutex_unlock(&lock);
    }
    printf("%d\n", count);
    return 0;
}
