/*
 * Double-checked initialisation with a plain pointer: it works in every order
 * of the steps, and is a race all the same.
 *
 * can: exit 0 | 7\n7\n
 * races: shared, memory
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared;

static void *get(void *argument)
{
    if (shared == NULL) {
        pthread_mutex_lock(&lock);
        if (shared == NULL) {
            int *made = malloc(sizeof *made);

            *made = 7;
            shared = made;
        }
        pthread_mutex_unlock(&lock);
    }
    printf("%d\n", *shared);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, get, NULL);
    pthread_create(&b, NULL, get, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
