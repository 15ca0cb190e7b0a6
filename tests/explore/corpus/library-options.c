/*
 * getopt keeps where it is, permutes its arguments and reads them: the explorer sees
 * none of that.
 *
 * says: calls getopt, which the explorer does not know
 * can: exit 0 | a\n
 * status: 3
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

static char name[] = "p", option[] = "-a";

int main(void)
{
    char *arguments[] = {name, option, NULL};

    printf("%c\n", getopt(2, arguments, "ab"));
    return 0;
}
