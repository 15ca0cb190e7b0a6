/*
 * An alignment is a power of two.
 *
 * can: misuse |
 * says: calls aligned_alloc with an alignment that is no power of two
 * native: no, it may go well
 */
#include <stdlib.h>

int main(void)
{
    volatile size_t alignment = 24;

    free(aligned_alloc(alignment, 48));
    return 0;
}
