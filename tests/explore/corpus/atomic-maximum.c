/*
 * clang has atomic maxima, and tells its hooks nothing of them: they are no
 * steps. So nothing is proven.
 *
 * compiler: clang
 * says: has an atomic access that its compiler tells nobody
 * says: atomic-maximum.c:19
 * can: exit 0 | 3\n
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>

static int most;

static void raise_to(int value)
{
#ifdef __clang__
    __sync_fetch_and_max(&most, value);
#else
    int seen = __atomic_load_n(&most, __ATOMIC_SEQ_CST);

    while (seen < value && !__sync_bool_compare_and_swap(&most, seen, value))
        seen = __atomic_load_n(&most, __ATOMIC_SEQ_CST);
#endif
}

static void *raise_it(void *argument)
{
    raise_to(3);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, raise_it, NULL);
    raise_to(2);
    pthread_join(thread, NULL);
    printf("%d\n", most);
    return 0;
}
