/*
 * As keys-in-any-order, and one of the keys is deleted meanwhile: before it is chosen,
 * behind it, or too late.
 *
 * can: exit 0 | ab
 * can: exit 0 | ba
 * can: exit 0 | a
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_key_t a, b;
static sem_t kept;
static int value;

static void destroy_a(void *pointer)
{
    (void)pointer;
    putchar('a');
}

static void destroy_b(void *pointer)
{
    (void)pointer;
    putchar('b');
}

static void *use(void *argument)
{
    pthread_setspecific(a, &value);
    pthread_setspecific(b, &value);
    sem_post(&kept);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_init(&kept, 0, 0);
    pthread_key_create(&a, destroy_a);
    pthread_key_create(&b, destroy_b);
    pthread_create(&thread, NULL, use, NULL);
    sem_wait(&kept);
    pthread_key_delete(b);
    pthread_join(thread, NULL);
    return 0;
}
