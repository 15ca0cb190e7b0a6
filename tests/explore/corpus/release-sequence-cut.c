/*
 * A store of another thread ends a release sequence, even in front of one more
 * store of the thread that began it (C17, 5.1.2.4p10: a maximal contiguous
 * sub-sequence). So who reads 3 may have learnt nothing: a race, in the one
 * order 1 2 3.
 *
 * can: exit 0 | 5\n
 * can: exit 0 | none\n
 * races: data
 * steps: the same
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int data;
static atomic_int flag;

static void *tell(void *argument)
{
    data = 5;
    atomic_store_explicit(&flag, 1, memory_order_release);
    atomic_store_explicit(&flag, 3, memory_order_relaxed);
    return argument;
}

static void *meddle(void *argument)
{
    atomic_store_explicit(&flag, 2, memory_order_relaxed);
    return argument;
}

int main(void)
{
    pthread_t teller, meddler;

    pthread_create(&teller, NULL, tell, NULL);
    pthread_create(&meddler, NULL, meddle, NULL);
    if (atomic_load_explicit(&flag, memory_order_acquire) == 3)
        printf("%d\n", data);
    else
        puts("none");
    pthread_join(teller, NULL);
    pthread_join(meddler, NULL);
    return 0;
}
