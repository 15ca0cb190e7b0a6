/*
 * write(2) knows nothing of what a stream still holds: in a pipe "b" comes first, on a
 * terminal too, as no line has ended.
 *
 * can: exit 0 | ab
 * says: writes past a stream
 * status: 3
 * native: no, there it is ba
 * toy: no, it has no buffer
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    printf("a");
    return write(STDOUT_FILENO, "b", 1) != 1;
}
