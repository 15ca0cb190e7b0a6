/*
 * As input-is-empty, by read(2).
 *
 * can: exit 0 | nothing\n
 * says: reads its standard input, which is empty here
 * status: 3
 * toy: no, it does not know where that comes from
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char letter;

    puts(read(STDIN_FILENO, &letter, 1) == 1 ? "something" : "nothing");
    return 0;
}
