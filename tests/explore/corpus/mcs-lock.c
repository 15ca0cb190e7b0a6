/*
 * The lock of Mellor-Crummey and Scott: each spins on its own flag, and hands the
 * lock to who stands behind it.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

struct place {
    struct place *_Atomic next;
    atomic_bool waits;
};

static struct place *_Atomic tail;
static int counter;

static void lock(struct place *mine)
{
    struct place *before;

    atomic_store(&mine->waits, true);
    before = atomic_exchange(&tail, mine);
    if (before == NULL)
        return;
    atomic_store(&before->next, mine);
    while (atomic_load(&mine->waits))
        ;
}

static void unlock(struct place *mine)
{
    struct place *expected = mine;

    if (atomic_load(&mine->next) == NULL) {
        if (atomic_compare_exchange_strong(&tail, &expected, NULL))
            return;
        while (atomic_load(&mine->next) == NULL)
            ;
    }
    atomic_store(&atomic_load(&mine->next)->waits, false);
}

static void *add(void *place)
{
    lock(place);
    counter++;
    unlock(place);
    return NULL;
}

int main(void)
{
    static struct place places[2];
    pthread_t a, b;

    pthread_create(&a, NULL, add, &places[0]);
    pthread_create(&b, NULL, add, &places[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
