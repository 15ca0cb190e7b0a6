/*
 * _exit leaves what is in a buffer: it is lost, but where lines go to a terminal they
 * have gone out before. So nothing is proven.
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
    _exit(2);
}
