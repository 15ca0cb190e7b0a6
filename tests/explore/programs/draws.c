/* Six threads draw a number each: 720 orders. Of one of them, which is among the last to
 * be explored, memory is printed that nobody has written. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAWERS = 6 };

static atomic_int next;
static int drawn[DRAWERS];

static void *draw(void *number)
{
    *(int *)number = atomic_fetch_add(&next, 1);
    return NULL;
}

int main(void)
{
    pthread_t threads[DRAWERS];
    int falling = 0;

    for (int i = 0; i < DRAWERS; i++)
        pthread_create(&threads[i], NULL, draw, &drawn[i]);
    for (int i = 0; i < DRAWERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < DRAWERS; i++) {
        printf("%d", drawn[i]);
        falling += drawn[i] == DRAWERS - 1 - i;
    }
    if (falling == DRAWERS) {
        unsigned char *fresh = malloc(64);

        printf(" and %d", fresh[63]);
        free(fresh);
    }
    puts("");
    return 0;
}
