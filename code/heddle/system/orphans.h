/*
 * Children that came to us because their parent ended: finding and ending
 * them. Needs /proc as Linux has it; elsewhere nothing is found.
 */
#ifndef HEDDLE_SYSTEM_ORPHANS_H
#define HEDDLE_SYSTEM_ORPHANS_H

#include <stddef.h>
#include <sys/types.h>

/* Our children now, from malloc. */
pid_t *orphans_children(size_t *count);

/* Kill every child whose environment mentions `path`, and what then becomes
 * our child in turn. A child that somebody waits for must not mention it. */
void orphans_end_of(const char *path);

/* Kill every child but the known ones, with its process group when it leads
 * one; whoever waits for them goes on doing so. */
void orphans_kill_all(const pid_t *known, size_t known_count);

/* Kill and wait for every child but the known ones. */
void orphans_end_all(const pid_t *known, size_t known_count);

#endif
