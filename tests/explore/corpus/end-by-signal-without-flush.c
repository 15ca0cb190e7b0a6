/*
 * abort does not flush (C17 leaves that to the implementation): what was printed is
 * lost in a pipe.
 *
 * can: signal 6 | printed\n
 * says: ends without flushing what it has printed
 * status: 1
 * native: no, it is lost in a pipe
 * toy: no, it has no buffer
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    puts("printed");
    abort();
}
