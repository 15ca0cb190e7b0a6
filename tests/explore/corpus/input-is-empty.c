/*
 * Who reads what somebody else gives it may be given anything.
 *
 * can: exit 0 | nothing\n
 * says: reads its standard input, which is empty here
 * status: 3
 * toy: no, it does not know where that comes from
 */
#include <stdio.h>

int main(void)
{
    puts(getchar() == EOF ? "nothing" : "something");
    return 0;
}
