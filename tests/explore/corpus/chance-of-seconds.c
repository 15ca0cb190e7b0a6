/*
 * An even number of seconds, or an odd one.
 *
 * can: exit 0 | 0\n
 * says: depends on what time it is
 * status: 3
 * native: no, it is another time there
 * toy: no, it is another time there
 */
#include <stdio.h>
#include <time.h>

int main(void)
{
    printf("%d\n", (int)(time(NULL) % 2));
    return 0;
}
