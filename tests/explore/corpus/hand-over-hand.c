/*
 * Two walk through a list of two, each with the next lock taken before the last is
 * given back: nobody overtakes, so both places have the same order.
 *
 * can: exit 0 | ab ab\n
 * can: exit 0 | ba ba\n
 */
#include <pthread.h>
#include <stdio.h>

static struct place {
    pthread_mutex_t lock;
    char names[3];
    int count;
} places[2] = {{.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER}};

static void write_name(struct place *place, const char *name)
{
    place->names[place->count++] = *name;
}

static void *walk(void *name)
{
    pthread_mutex_lock(&places[0].lock);
    write_name(&places[0], name);
    pthread_mutex_lock(&places[1].lock);
    pthread_mutex_unlock(&places[0].lock);
    write_name(&places[1], name);
    pthread_mutex_unlock(&places[1].lock);
    return NULL;
}

int main(void)
{
    static char name_a[] = "a", name_b[] = "b";
    pthread_t a, b;

    pthread_create(&a, NULL, walk, name_a);
    pthread_create(&b, NULL, walk, name_b);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%s %s\n", places[0].names, places[1].names);
    return 0;
}
