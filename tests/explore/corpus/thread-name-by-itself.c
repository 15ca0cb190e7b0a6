/*
 * Each thread names itself, as those of a library do. Nobody asks for a name, so there is
 * nothing to see of it, and what is printed has two orders.
 *
 * can: exit 0 | onetwo
 * can: exit 0 | twoone
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

static void *work(void *name)
{
    prctl(PR_SET_NAME, name);
    fputs(name, stdout);
    return NULL;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, work, (char[]){"one"});
    pthread_create(&two, NULL, work, (char[]){"two"});
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
