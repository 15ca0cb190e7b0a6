/*
 * The Makefile compiles this one without compile.sh, so nobody has looked for what
 * its hooks do not say.
 *
 * says: has compiled-by-others.c, which compile.sh did not compile
 * can: exit 0 | 1\n
 * status: 3
 */
#include <stdio.h>

int main(void)
{
    puts("1");
    return 0;
}
