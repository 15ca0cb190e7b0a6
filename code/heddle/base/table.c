#include "heddle/base/table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "heddle/base/arena.h"

static pthread_once_t seeded = PTHREAD_ONCE_INIT;
static uint64_t seed_value;

static void make_seed(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    seed_value = (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^ (uint64_t)getpid() << 16 ^
                 (uint64_t)(uintptr_t)&now;
}

/* One seed a process, so that collisions cannot be prepared in a chapter. */
static uint64_t seed(void)
{
    pthread_once(&seeded, make_seed);
    return seed_value;
}

static uint32_t hash_of(struct span key)
{
    return (uint32_t)XXH3_64bits_withSeed(key.ptr, key.len, seed());
}

static struct span key_of(const struct table_entry *entry)
{
    return (struct span){entry->ptr, entry->len};
}

/* The slot that holds the key, or the free one where it belongs. */
static struct table_entry *find(const struct table *table, struct span key, uint32_t hash)
{
    size_t at = hash & (table->cap - 1);

    while (table->slots[at].ptr != NULL &&
           (table->slots[at].hash != hash || !span_equal(key_of(&table->slots[at]), key)))
        at = (at + 1) & (table->cap - 1);
    return &table->slots[at];
}

/* Where an entry goes whose key is in no slot yet. */
static struct table_entry *find_free(const struct table *table, uint32_t hash)
{
    size_t at = hash & (table->cap - 1);

    while (table->slots[at].ptr != NULL)
        at = (at + 1) & (table->cap - 1);
    return &table->slots[at];
}

void *table_get(const struct table *table, struct span key)
{
    return table->cap == 0 ? NULL : find(table, key, hash_of(key))->value;
}

static void grow(struct table *table)
{
    struct table old = *table;

    table->cap = old.cap != 0 ? old.cap * 2 : 64;
    table->slots = mem_alloc(table->cap * sizeof *table->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].ptr != NULL)
            *find_free(table, old.slots[i].hash) = old.slots[i];
    free(old.slots);
}

void **table_put(struct table *table, struct span key)
{
    uint32_t hash = hash_of(key);
    struct table_entry *entry;

    if ((table->count + 1) * 4 > table->cap * 3)
        grow(table);
    entry = find(table, key, hash);
    if (entry->ptr == NULL) {
        *entry = (struct table_entry){key.ptr, (uint32_t)key.len, hash, NULL};
        table->count++;
    }
    return &entry->value;
}

bool table_nearest(const struct table *table, struct span name, struct span *nearest)
{
    unsigned best = name.len < 4 ? 2 : 3;
    bool found = false;

    for (size_t i = 0; i < table->cap; i++) {
        struct span key = key_of(&table->slots[i]);
        unsigned distance;

        if (key.ptr == NULL)
            continue;
        distance = span_distance(name, key, best);
        if (distance < best || (found && distance == best && key.ptr < nearest->ptr)) {
            best = distance > 0 ? distance : 1;
            *nearest = key;
            found = true;
        }
    }
    return found;
}

void table_free(struct table *table)
{
    free(table->slots);
    *table = (struct table){0};
}
