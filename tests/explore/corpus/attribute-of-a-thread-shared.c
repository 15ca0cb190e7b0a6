/*
 * One thread says in an attribute that threads are to be detached, while another makes
 * a thread with it: whether that can be joined depends on who came first. Of the
 * attribute's 56 bytes one is set, but for us they are set at once.
 *
 * says: races over 56 bytes at once
 * races: attribute
 * can: exit 0 | joined\n
 * can: misuse |
 * native: no, it may hang
 * toy: no, it sees no library's accesses
 */
#include <pthread.h>
#include <stdio.h>

static pthread_attr_t attribute;

static void *set(void *arg)
{
    pthread_attr_setdetachstate(&attribute, PTHREAD_CREATE_DETACHED);
    return arg;
}

static void *nothing(void *arg)
{
    return arg;
}

int main(void)
{
    pthread_t setter, other;

    pthread_attr_init(&attribute);
    pthread_create(&setter, NULL, set, NULL);
    pthread_create(&other, &attribute, nothing, NULL);
    if (pthread_join(other, NULL) == 0)
        puts("joined");
    pthread_join(setter, NULL);
    return 0;
}
