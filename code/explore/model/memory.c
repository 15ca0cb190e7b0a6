#include "explore/model/memory.h"

#include <string.h>

static const char *const names[MEMORIES] = {"steps", "sc", "tso", "rc11"};

const char *memory_name(enum memory memory)
{
    return names[memory];
}

enum memory memory_named(const char *name)
{
    int memory = MEMORY_SC;

    while (memory < MEMORIES && strcmp(name, names[memory]) != 0)
        memory++;
    return (enum memory)memory;
}
