/*
 * A line by write and a line by puts are one step each, in any order. Where puts has
 * come first its line may still be in the buffer: both orders are here, but nothing of
 * ours knows that.
 *
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
 * says: writes past a stream
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *by_puts(void *argument)
{
    puts("a");
    return argument;
}

static void *by_write(void *argument)
{
    return write(STDOUT_FILENO, "b\n", 2) == 2 ? argument : NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, by_puts, NULL);
    pthread_create(&b, NULL, by_write, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
