/* Ends in the way that its argument says, in some of its schedules. */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crew.h"

static const char *how = "";
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared, value, done;

static void handle(int number)
{
    (void)number;
}

/* What one run leaves behind changes the next: no two are alike. */
static long runs_so_far(void)
{
    FILE *file = fopen("explored-runs", "a");
    long runs;

    if (file == NULL)
        return 0;
    fputc('.', file);
    runs = ftell(file);
    fclose(file);
    return runs;
}

/* What no explorer can control. */
static void uncontrolled(void)
{
    if (strcmp(how, "fork") == 0)
        fork();
    if (strcmp(how, "socket") == 0 && socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        puts("socket");
    if (strcmp(how, "handler") == 0)
        signal(SIGSEGV, handle);
    if (strcmp(how, "chance") == 0)
        puts("chance");
}

static void second(void)
{
    if (strcmp(how, "crash") == 0)
        *shared = 1;
    if (strcmp(how, "assert") == 0)
        assert(done == 0);
    if (strcmp(how, "unlock") == 0)
        pthread_mutex_unlock(&lock);
    if (strcmp(how, "free") == 0)
        free(shared);
    if (strcmp(how, "spin") == 0)
        while (!done)
            ;
    uncontrolled();
}

static void *say_late(void *argument)
{
    puts("late");
    return argument;
}

static void *run(void *argument)
{
    if (crew_number(argument) == 1) {
        second();
        return NULL;
    }
    if (strcmp(how, "unlock") == 0)
        pthread_mutex_lock(&lock);
    if (strcmp(how, "chance") == 0)
        puts("chance");
    if (strcmp(how, "free") == 0)
        *shared = 2;
    if (strcmp(how, "crash") == 0)
        shared = &value;
    done = 1;
    return NULL;
}

int main(int argc, char **argv)
{
    how = argc > 1 ? argv[1] : "";
    if (strcmp(how, "free") == 0)
        shared = malloc(sizeof *shared);
    if (strcmp(how, "chance") == 0 && runs_so_far() % 2 == 0)
        puts("an even number of runs");
    if (strcmp(how, "leave") == 0) {
        pthread_t thread;

        pthread_create(&thread, NULL, say_late, NULL);
        return 3;
    }
    crew_run(run, 2);
    puts("done");
    return 0;
}
