/*
 * Which of two blocks lies before the other is open.
 *
 * can: exit 0 | up\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, they may lie otherwise there
 * toy: no, they may lie otherwise there
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *a = malloc(1), *b = malloc(1);

    puts((uintptr_t)a < (uintptr_t)b ? "up" : "down");
    free(a);
    free(b);
    return 0;
}
