/*
 * How much memory is free is different in every run, and no schedule's doing.
 *
 * says: calls sysconf(_SC_AVPHYS_PAGES)
 * status: 2
 * native: no, it is chance
 */
#define _GNU_SOURCE
#include <unistd.h>

int main(void)
{
    return sysconf(_SC_AVPHYS_PAGES) % 2 == 0;
}
