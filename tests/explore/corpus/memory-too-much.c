/*
 * Three gibibytes: a machine may have them, the explorer has not.
 *
 * can: exit 0 | none\n
 * says: which is more than the explorer has
 * status: 3
 * native: no, the machine may have them
 * toy: no, it may have them
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    void *block = malloc((size_t)3 << 30);

    puts(block != NULL ? "some" : "none");
    free(block);
    return 0;
}
