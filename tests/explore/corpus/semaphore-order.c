/*
 * A semaphore as a lock: either may be inside first. The post that let the
 * second in is no other order, but the wait before it is one.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t lock;
static char text[3];
static int length;

static void *add(void *letter)
{
    sem_wait(&lock);
    text[length++] = *(const char *)letter;
    sem_post(&lock);
    return NULL;
}

int main(void)
{
    static char letters[] = "ab";
    pthread_t a, b;

    sem_init(&lock, 0, 1);
    pthread_create(&a, NULL, add, &letters[0]);
    pthread_create(&b, NULL, add, &letters[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts(text);
    return 0;
}
