/*
 * To flush another stream than the one that was printed to does not help.
 *
 * can: exit 2 | printed\n
 * says: ends without flushing what it has printed
 * status: 3
 * native: no, it is lost in a pipe
 * toy: no, it has no buffer
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    puts("printed");
    fflush(stderr);
    _exit(2);
}
