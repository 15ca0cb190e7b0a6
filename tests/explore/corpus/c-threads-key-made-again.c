/*
 * What was set for a key that is deleted is not the next one's, and not its
 * destructor's.
 *
 * can: exit 0 | none\n
 */
#include <stdio.h>
#include <threads.h>

static void destroy(void *value)
{
    printf("destroyed %d\n", *(int *)value);
}

static int run(void *argument)
{
    tss_t key;

    tss_create(&key, NULL);
    tss_set(key, argument);
    tss_delete(key);
    tss_create(&key, destroy);
    puts(tss_get(key) != NULL ? "one" : "none");
    return 0;
}

int main(void)
{
    int value = 1;
    thrd_t thread;

    thrd_create(&thread, run, &value);
    thrd_join(thread, NULL);
    return 0;
}
