/*
 * strtok keeps for itself where it has stopped: two threads with texts of their
 * own race all the same.
 *
 * can: exit 0 | done\n
 * races: strtok.state
 * status: 1
 * native: no, what it prints is up to the machine
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char one[] = "a b", two[] = "c d";

static void *other(void *argument)
{
    strtok(one, " ");
    strtok(NULL, " ");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    strtok(two, " ");
    strtok(NULL, " ");
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
