/*
 * Where stdout is, depends on what it is: a pipe has no places.
 *
 * can: exit 0 | a1\n
 * says: asks for, or sets, the place in a standard stream
 * status: 3
 * native: no, it is a pipe there
 * toy: no, it does not know what stdout is
 */
#include <stdio.h>

int main(void)
{
    long place;

    printf("a");
    place = ftell(stdout);
    printf("%ld\n", place);
    return 0;
}
