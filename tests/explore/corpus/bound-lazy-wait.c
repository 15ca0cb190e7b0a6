/*
 * Without a preemption: a thread that could go on only because its limit passes
 * is not interrupted by whoever comes in. So the others may come in either order,
 * and its limit may pass before, between and after them.
 *
 * can: exit 0 | abm\n
 * can: exit 0 | bam\n
 * can: exit 0 | amb\n
 * can: exit 0 | bma\n
 * can: exit 0 | mab\n
 * can: exit 0 | mba\n
 * explore: bound=0 spurious=0
 * status: 3
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static char text[4];
static atomic_int length;

static void *add(void *letter)
{
    text[atomic_fetch_add(&length, 1)] = *(const char *)letter;
    return NULL;
}

int main(void)
{
    static char letters[] = "abm";
    pthread_t a, b;

    pthread_create(&a, NULL, add, &letters[0]);
    pthread_create(&b, NULL, add, &letters[1]);
    pthread_mutex_lock(&lock);
    pthread_cond_timedwait(&never, &lock, &(struct timespec){0});
    pthread_mutex_unlock(&lock);
    add(&letters[2]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts(text);
    return 0;
}
