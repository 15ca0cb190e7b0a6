/*
 * What was flushed is out before _exit comes.
 *
 * can: exit 2 | printed\n
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    puts("printed");
    fflush(stdout);
    _exit(2);
}
