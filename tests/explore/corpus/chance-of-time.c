/*
 * Dice by the clock.
 *
 * can: exit 0 | 2\n
 * says: depends on what time it is
 * status: 3
 * native: no, it is another time there
 * toy: no, it has another time
 */
#include <stdio.h>
#include <time.h>

int main(void)
{
    printf("%d\n", (int)(time(NULL) / 60 % 6 + 1));
    return 0;
}
