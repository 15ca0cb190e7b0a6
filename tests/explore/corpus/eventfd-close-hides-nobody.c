/*
 * Three want one of two units; main, if it gets one, closes a copy of the descriptor
 * as well. What main closes is no rival of the one who gets none, for there was nothing
 * left before: main's read is, and so any of the three may be the one.
 *
 * can: deadlock | a\n
 * can: deadlock | b\n
 * can: deadlock | a\nb\n
 * can: deadlock | b\na\n
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int units;

static void take(void)
{
    uint64_t one;

    read(units, &one, sizeof one);
}

static void *take_and_say(void *word)
{
    take();
    puts(word);
    return NULL;
}

int main(void)
{
    static char words[2][2] = {"a", "b"};
    uint64_t two = 2;
    pthread_t threads[2];

    units = eventfd(0, EFD_SEMAPHORE);
    pthread_create(&threads[0], NULL, take_and_say, words[0]);
    pthread_create(&threads[1], NULL, take_and_say, words[1]);
    write(units, &two, sizeof two);
    take();
    close(dup(units));
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
