/*
 * A weak compare-exchange may fail without cause (C17, 7.17.7.4). clang tells that
 * it is a strong one, so that is never tried: nothing is proven.
 *
 * compiler: clang
 * says: uses __c11_atomic_compare_exchange_weak at
 * says: which clang makes strong
 * can: exit 0 | 1\n
 * native: no, a machine with weak ones may print 0
 * toy: no, it has gcc's
 * status: 3
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int value;

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;
    int zero = 0;

    pthread_create(&thread, NULL, pass, NULL);
    printf("%d\n", atomic_compare_exchange_weak(&value, &zero, 1));
    pthread_join(thread, NULL);
    return 0;
}
