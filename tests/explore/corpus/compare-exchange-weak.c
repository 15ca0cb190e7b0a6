/*
 * A weak compare-exchange may fail without cause (C17, 7.17.7.4), however it is
 * written: in C11's words, in gcc's, and of a struct that libatomic keeps.
 *
 * can: exit 0 | 0 0 0\n
 * can: exit 0 | 0 0 1\n
 * can: exit 0 | 0 1 0\n
 * can: exit 0 | 0 1 1\n
 * can: exit 0 | 1 0 0\n
 * can: exit 0 | 1 0 1\n
 * can: exit 0 | 1 1 0\n
 * can: exit 0 | 1 1 1\n
 * explore: spurious=3
 * native: no, it has no lock for the struct
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct three {
    long x, y, z;
};

static atomic_int c11;
static int gcc;
static _Atomic struct three three;

int main(void)
{
    struct three zero = {0}, one = {1, 1, 1};
    int a = 0, b = 0;
    int first = atomic_compare_exchange_weak(&c11, &a, 1);
    int second = __atomic_compare_exchange_n(&gcc, &b, 1, 1, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    int third = atomic_compare_exchange_weak(&three, &zero, one);

    printf("%d %d %d\n", first, second, third);
    return 0;
}
