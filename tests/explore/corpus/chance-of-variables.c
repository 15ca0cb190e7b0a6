/*
 * Where a variable lies is another in each run.
 *
 * says: prints where a variable or a function lies
 * says: chance-of-variables.c:20
 * status: 3
 * native: no, it lies somewhere else there
 * toy: no, it lies somewhere else there
 * can: exit 0 | here\n
 */
#include <stdio.h>
#include <string.h>

static int variable;

int main(void)
{
    char text[32];

    snprintf(text, sizeof text, "%p", (void *)&variable);
    puts(strlen(text) > 0 ? "here" : "nowhere");
    return 0;
}
