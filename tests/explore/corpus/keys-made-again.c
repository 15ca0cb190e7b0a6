/*
 * A key that is made begins with NULL in all threads (POSIX, pthread_key_create),
 * also where its number was another key's.
 *
 * can: exit 0 | none none\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_key_t key;
static sem_t is_set, is_made;

static void *look(void *argument)
{
    pthread_setspecific(key, &key);
    sem_post(&is_set);
    sem_wait(&is_made);
    return pthread_getspecific(key) != NULL ? &key : argument;
}

int main(void)
{
    pthread_t thread;
    void *result;

    sem_init(&is_set, 0, 0);
    sem_init(&is_made, 0, 0);
    pthread_key_create(&key, NULL);
    pthread_setspecific(key, &key);
    pthread_create(&thread, NULL, look, NULL);
    sem_wait(&is_set);
    pthread_key_delete(key);
    pthread_key_create(&key, NULL);
    sem_post(&is_made);
    pthread_join(thread, &result);
    printf("%s %s\n", pthread_getspecific(key) != NULL ? "one" : "none",
           result != NULL ? "one" : "none");
    return 0;
}
