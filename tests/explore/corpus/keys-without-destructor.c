/*
 * What has no destructor keeps its value, says POSIX (XSH pthread_key_create()); glibc
 * takes it away when its number comes. So either may be seen of each.
 *
 * can: exit 0 | 00\n
 * can: exit 0 | 01\n
 * can: exit 0 | 10\n
 * can: exit 0 | 11\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t before, key, behind;
static int value;

static void destroy(void *pointer)
{
    (void)pointer;
    printf("%d%d\n", pthread_getspecific(before) != NULL, pthread_getspecific(behind) != NULL);
}

static void *use(void *argument)
{
    pthread_setspecific(before, &value);
    pthread_setspecific(key, &value);
    pthread_setspecific(behind, &value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&before, NULL);
    pthread_key_create(&key, destroy);
    pthread_key_create(&behind, NULL);
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return 0;
}
