/* So many threads as the first argument says, each as often as the second says: load a
 * counter, store one more. Both are atomic, so nothing races, and every order counts:
 * with one round, N threads have (N!) * (N!) classes. */
#include <stdatomic.h>

#include "crew.h"

static _Atomic int counter;
static int rounds;

static void *count(void *argument)
{
    for (int i = 0; i < rounds; i++) {
        int value = atomic_load(&counter);

        atomic_store(&counter, value + 1);
    }
    return argument;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    rounds = atoi(argv[2]);
    crew_run(count, atoi(argv[1]));
    return 0;
}
