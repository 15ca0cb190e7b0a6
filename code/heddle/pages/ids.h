/*
 * The ids that a woven page has of its own: those of chunks.
 */
#ifndef HEDDLE_PAGES_IDS_H
#define HEDDLE_PAGES_IDS_H

#include "heddle/pages/piece.h"
#include "heddle/web/web.h"

/* The id of a chunk's listing: "chunk-NAME", and "chunk-NAME:2" for its second
 * part. Two names never share one, and links may hold it as it is. */
void ids_add_chunk(struct buf *out, struct span name, unsigned part);

/* Which part of its chunk this is, from 1. */
unsigned ids_part_number(const struct part *part);

/* <a href="#..."> to a chunk's listing. */
void ids_add_link(struct piece *out, struct span name, unsigned part);

#endif
