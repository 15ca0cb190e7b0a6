/*
 * A strong compare-exchange never fails without cause, also where a weak one of
 * another value came before.
 *
 * can: exit 0 | 0 1 1\n
 * can: exit 0 | 1 1 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int weak, c11;
static int gcc;

int main(void)
{
    int a = 0, b = 0, c = 0;
    int first = atomic_compare_exchange_weak(&weak, &a, 1);
    int second = atomic_compare_exchange_strong(&c11, &b, 1);
    int third = __atomic_compare_exchange_n(&gcc, &c, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);

    printf("%d %d %d\n", first, second, third);
    return 0;
}
