/*
 * main ends while the thread prints. exit() flushes the stream and waits for no
 * lock, so any number of the pieces of the line may be in its buffer: "n=", the
 * number, and the newline.
 *
 * can: exit 3 |
 * can: exit 3 | n=
 * can: exit 3 | n=42
 * can: exit 3 | n=42\n
 * says: exits while another thread prints, where C libraries differ
 * status: 3
 * toy: no, it prints a line as one
 * native: no, glibc may lose or print twice what it meets in exit()
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *say(void *argument)
{
    printf("n=%d\n", 42);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    exit(3);
}
