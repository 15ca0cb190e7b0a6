/*
 * Under a lock nothing races: strcpy, strcat, memmove, memset, strlen.
 *
 * can: exit 0 | abc 3\n
 * can: exit 0 | xbc 3\n
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char text[16] = "abc";

static void *other(void *argument)
{
    pthread_mutex_lock(&lock);
    memset(text, 'x', 1);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    pthread_mutex_lock(&lock);
    printf("%s %zu\n", text, strlen(text));
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
