/*
 * inet_pton writes sixteen bytes of an address of AF_INET6, not only the four that one
 * of AF_INET has: the last may be seen before or behind.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 7\n
 * races: address
 * says: races over 16 bytes at once
 * toy: no, inet_pton is none of its calls
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>

static struct in6_addr address;

static void *other(void *argument)
{
    inet_pton(AF_INET6, "::7", &address);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", address.s6_addr[15]);
    pthread_join(thread, NULL);
    return 0;
}
