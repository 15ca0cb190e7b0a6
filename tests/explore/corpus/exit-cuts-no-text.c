/*
 * What fputs, fwrite and putchar print comes into the buffer in one piece, so the
 * end of the process does not cut it.
 *
 * can: exit 0 |
 * can: exit 0 | one\n
 * can: exit 0 | one\ntwo\n
 * can: exit 0 | one\ntwo\n3
 * toy: no, it has no putchar
 * native: no, glibc may lose or print twice what it meets in exit()
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    fputs("one\n", stdout);
    fwrite("two\n", 1, 4, stdout);
    putchar('3');
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    pthread_detach(thread);
    return 0;
}
