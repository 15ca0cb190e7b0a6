/*
 * Without a buffer puts writes twice. It has the stream's lock all the time, so
 * another puts waits; but write(2) knows nothing of it.
 *
 * can: exit 0 | a\nb\nc
 * can: exit 0 | a\nbc\n
 * can: exit 0 | a\ncb\n
 * can: exit 0 | ac\nb\n
 * can: exit 0 | ca\nb\n
 * can: exit 0 | b\na\nc
 * can: exit 0 | b\nac\n
 * can: exit 0 | b\nca\n
 * can: exit 0 | bc\na\n
 * can: exit 0 | cb\na\n
 * toy: no, it has no setvbuf
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *say(void *text)
{
    puts(text);
    return NULL;
}

static void *tell(void *argument)
{
    if (write(STDOUT_FILENO, "c", 1) != 1)
        return argument;
    return NULL;
}

int main(void)
{
    static char a[] = "a", b[] = "b";
    pthread_t threads[3];

    setvbuf(stdout, NULL, _IONBF, 0);
    pthread_create(&threads[0], NULL, say, a);
    pthread_create(&threads[1], NULL, say, b);
    pthread_create(&threads[2], NULL, tell, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
