/*
 * Where a jump leads past the beginning of a variable, clang tells nobody of its end.
 *
 * compiler: clang
 * can: exit 0 | 1\n
 * says: has the variable value, of whose end clang tells nobody
 * status: 3
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static int *where;

static void *run(void *argument)
{
    printf("%d\n", *where);
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t thread;

    (void)argv;
    switch (argc) {
        int value;
    case 1:
        value = argc;
        where = &value;
    }
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 0;
}
