/*
 * Dice by the process's number.
 *
 * can: exit 0 | even\n
 * says: depends on the number of its process
 * status: 3
 * native: no, it has another number there
 * toy: no, it has another number there
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    puts(getpid() % 2 == 0 ? "even" : "odd");
    return 0;
}
