/*
 * Made when it is first wanted, and looked for without the lock.
 *
 * 1 found: what was made need not be seen
 * 2 found: the same, from the other side
 * 3 harmless: under the lock, whoever made it has given the lock back before
 */
enum { THREADS = 2 };
#include "weakened.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(int *) made;
static int letter, seen[2];

static int *make(void)
{
    int *found;

    pthread_mutex_lock(&mutex);
    found = LOAD(3, &made, acquire, relaxed);
    if (found == NULL) {
        letter++;
        STORE(2, &made, found = &letter, release, relaxed);
    }
    pthread_mutex_unlock(&mutex);
    return found;
}

static void work(int self)
{
    int *found = LOAD(1, &made, acquire, relaxed);

    if (found == NULL)
        found = make();
    seen[self] = *found;
}

static bool is_right(void)
{
    return seen[0] == 1 && seen[1] == 1;
}
