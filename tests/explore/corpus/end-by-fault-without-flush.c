/*
 * As end-by-signal-without-flush, where a fault ends the process.
 *
 * can: signal 11 | printed\n
 * says: ends without flushing what it has printed
 * status: 1
 * native: no, it is lost in a pipe
 * toy: no, it has no buffer
 */
#include <stdio.h>

int main(void)
{
    int *volatile nowhere = NULL;

    puts("printed");
    return *nowhere;
}
