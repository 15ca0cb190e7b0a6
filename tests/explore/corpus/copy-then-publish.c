/*
 * Read, copy, update: a new version is written while it is nobody else's, and then
 * shown with one store. The reader has the old one or the new one, whole.
 *
 * can: exit 0 | 1 1\n
 * can: exit 0 | 2 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct version {
    int x, y;
};

static struct version versions[2] = {{1, 1}, {0, 0}};
static struct version *_Atomic current = &versions[0];

static void *update(void *argument)
{
    versions[1] = (struct version){2, 2};
    atomic_store(&current, &versions[1]);
    return argument;
}

static void *look(void *argument)
{
    const struct version *seen = atomic_load(&current);

    printf("%d %d\n", seen->x, seen->y);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, update, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
