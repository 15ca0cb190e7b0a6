/*
 * What a format makes printf(3) read, and scanf(3) write.
 */
#ifndef EXPLORE_INTERCEPT_FORMAT_H
#define EXPLORE_INTERCEPT_FORMAT_H

#include <stdarg.h>
#include <wchar.h>

#include "explore/intercept/visit.h"

/* The format and the texts that it prints. */
void format_reads(struct visit *visit, const char *format, va_list args);
void format_reads_wide(struct visit *visit, const wchar_t *format, va_list args);

/* What is behind %n: as the library writes it, so to be said when it may. */
void format_writes_count(struct visit *visit, const char *format, va_list args);
void format_writes_count_wide(struct visit *visit, const wchar_t *format, va_list args);

/* How long the first of a format's pieces is: a conversion, or all up to one. Not
 * to be asked of "". */
size_t format_piece(const char *format);

/* Where the values go, which come from a text of so many characters. */
void format_writes(struct visit *visit, const char *format, size_t text_size, va_list args);

#endif
