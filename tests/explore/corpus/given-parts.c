/*
 * writev reads where the bytes are while another thread changes that.
 *
 * can: exit 0 | x\n
 * can: exit 0 | y\n
 * races: part
 * says: races over 16 bytes at once
 * toy: no, it has no pipes
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

static char x[] = "x", y[] = "y";
static struct iovec part = {x, 1};

static void *change(void *argument)
{
    part.iov_base = y;
    return argument;
}

int main(void)
{
    pthread_t thread;
    char read_back[2] = "";
    int ends[2];

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, change, NULL);
    if (writev(ends[1], &part, 1) != 1 || read(ends[0], read_back, 1) != 1)
        return 1;
    puts(read_back);
    pthread_join(thread, NULL);
    return 0;
}
