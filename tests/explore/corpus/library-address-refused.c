/*
 * What is no address is not written: inet_pton returns 0.
 *
 * can: exit 0 | 5\n
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct in_addr address = {5};

static void *other(void *argument)
{
    inet_pton(AF_INET, "1.2.3", &address);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", (int)address.s_addr);
    pthread_join(thread, NULL);
    return 0;
}
