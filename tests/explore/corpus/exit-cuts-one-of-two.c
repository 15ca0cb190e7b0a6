/*
 * Two threads print, and main ends. They never print at the same time, so only
 * one of the lines is cut, and it is the last.
 *
 * can: exit 0 |
 * can: exit 0 | a
 * can: exit 0 | b
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * can: exit 0 | a\nb
 * can: exit 0 | b\na
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
 * says: exits while another thread prints, where C libraries differ
 * status: 3
 * toy: no, it prints a line as one
 * native: no, glibc may lose or print twice what it meets in exit()
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *text)
{
    puts(text);
    return NULL;
}

int main(void)
{
    static char a[] = "a", b[] = "b";
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, say, a);
    pthread_create(&threads[1], NULL, say, b);
    return 0;
}
