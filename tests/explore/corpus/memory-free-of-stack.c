/*
 * Only what malloc gave may be freed.
 *
 * can: misuse |
 * says: frees what is no block of the heap
 * native: no, glibc aborts
 */
#include <stdlib.h>

int main(void)
{
    int here = 0;
    void *volatile at = &here;

    free(at);
    return here;
}
