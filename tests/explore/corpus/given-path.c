/*
 * A path is read by open while another thread changes it.
 *
 * can: exit 0 | there\n
 * can: exit 0 | none\n
 * races: path
 * toy: no, it does not see what a call reads
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>

static char path[] = ".";

static void *change(void *argument)
{
    path[0] = 'X';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, change, NULL);
    puts(open(path, O_RDONLY) < 0 ? "none" : "there");
    pthread_join(thread, NULL);
    return 0;
}
