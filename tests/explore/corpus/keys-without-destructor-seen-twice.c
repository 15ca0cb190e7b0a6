/*
 * As keys-without-destructor, and two destructors look: it is there for both, for the
 * first of them, or for none.
 *
 * can: exit 0 | a0b0
 * can: exit 0 | a1b0
 * can: exit 0 | a1b1
 * can: exit 0 | b0a0
 * can: exit 0 | b1a0
 * can: exit 0 | b1a1
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t none, a, b;
static int value;

static void destroy_a(void *pointer)
{
    (void)pointer;
    printf("a%d", pthread_getspecific(none) != NULL);
}

static void destroy_b(void *pointer)
{
    (void)pointer;
    printf("b%d", pthread_getspecific(none) != NULL);
}

static void *use(void *argument)
{
    pthread_setspecific(none, &value);
    pthread_setspecific(a, &value);
    pthread_setspecific(b, &value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&none, NULL);
    pthread_key_create(&a, destroy_a);
    pthread_key_create(&b, destroy_b);
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return 0;
}
