/*
 * Structs with the same members need not be the same: nobody has written what lies between
 * them.
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, anything is there
 * toy: no, anything is there
 */
#include <stdio.h>
#include <string.h>

struct pair {
    char a;
    int b;
};

int main(void)
{
    struct pair x, y;

    x.a = y.a = 1;
    x.b = y.b = 2;
    printf("%d\n", memcmp(&x, &y, sizeof x) != 0);
    return 0;
}
