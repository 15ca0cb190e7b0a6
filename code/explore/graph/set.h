/*
 * Sets of a graph's events, and relations between them: a bit for each event.
 */
#ifndef EXPLORE_GRAPH_SET_H
#define EXPLORE_GRAPH_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "explore/model/memory.h"
#include "explore/world/memory.h"

enum { SET_WORDS = EVENTS_MOST / 64 };

struct set {
    uint64_t words[SET_WORDS];
};

static inline void set_add(struct set *set, int event)
{
    set->words[event / 64] |= (uint64_t)1 << event % 64;
}

static inline void set_remove(struct set *set, int event)
{
    set->words[event / 64] &= ~((uint64_t)1 << event % 64);
}

static inline bool set_has(const struct set *set, int event)
{
    return (set->words[event / 64] >> event % 64 & 1) != 0;
}

static inline void set_join(struct set *set, const struct set *other)
{
    for (int i = 0; i < SET_WORDS; i++)
        set->words[i] |= other->words[i];
}

/* The first event of the set that is `from` or later; -1: there is none. */
static inline int set_next(const struct set *set, int from)
{
    uint64_t word;

    if (from >= EVENTS_MOST)
        return -1;
    word = set->words[from / 64] & ~(uint64_t)0 << from % 64;
    for (int i = from / 64;; word = set->words[i]) {
        if (word != 0)
            return i * 64 + __builtin_ctzll(word);
        if (++i == SET_WORDS)
            return -1;
    }
}

#define SET_EACH(event, set) \
    for (int event = set_next(set, 0); event >= 0; event = set_next(set, event + 1))

/* rows[a] has b: a comes before b. Neither rows nor words that `count` events do not need
 * are ever read: most graphs need one word a row. */
struct relation {
    int count;
    struct set rows[EVENTS_MOST];
};

static inline int relation_words(const struct relation *relation)
{
    return (relation->count + 63) / 64;
}

static inline void relation_clear(struct relation *relation, int count)
{
    relation->count = count;
    for (int a = 0; a < count; a++)
        for (int word = 0; word < relation_words(relation); word++)
            relation->rows[a].words[word] = 0;
}

/* rows[a] and all of the other row */
static inline void relation_add(struct relation *relation, int a, const struct set *row)
{
    for (int word = 0; word < relation_words(relation); word++)
        relation->rows[a].words[word] |= row->words[word];
}

/* The first of rows[a] that is `from` or later; -1: there is none. */
static inline int relation_next(const struct relation *relation, int a, int from)
{
    int word = from / 64;
    uint64_t left;

    if (word >= relation_words(relation))
        return -1;
    left = relation->rows[a].words[word] & ~(uint64_t)0 << from % 64;
    while (left == 0) {
        if (++word == relation_words(relation))
            return -1;
        left = relation->rows[a].words[word];
    }
    return word * 64 + __builtin_ctzll(left);
}

#define RELATION_EACH(b, relation, a) \
    for (int b = relation_next(relation, a, 0); b >= 0; b = relation_next(relation, a, b + 1))

/* first; second */
static inline void relation_then(struct relation *result, const struct relation *first,
                                 const struct relation *second)
{
    relation_clear(result, first->count);
    for (int a = 0; a < first->count; a++)
        RELATION_EACH(b, first, a)
    relation_add(result, a, &second->rows[b]);
}

static inline void relation_join(struct relation *relation, const struct relation *other)
{
    for (int a = 0; a < relation->count; a++)
        relation_add(relation, a, &other->rows[a]);
}

/* Is there an order that agrees with it? */
bool relation_is_acyclic(const struct relation *relation);

#endif
