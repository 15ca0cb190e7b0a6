/*
 * The program's own names: its functions and its global variables, from the
 * symbol table of the file that is running.
 */
#ifndef EXPLORE_NAMES_SYMBOLS_H
#define EXPLORE_NAMES_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct symbol {
    const char *name; /* until the process ends */
    uintptr_t address;
    size_t size;
    bool is_compilers; /* its beginning and end of each program has it, and no source */
};

/* The function or variable that holds the address; NULL when none does. */
const struct symbol *symbol_at(uintptr_t address);

/* The n-th of that name, from 1: static ones of several files may share it, also with
 * a function of a library that ours stands in front of. */
const struct symbol *symbol_named(const char *name, size_t length, unsigned long n);
unsigned long symbol_number(const struct symbol *symbol);

/* The n-th of the program's own variables, those in functions that are static
 * included; NULL: there are no more. */
const struct symbol *symbol_variable(size_t n);

/* Is the function at the address the explorer's own? */
bool symbol_is_ours(uintptr_t address);

/* Has any of its structs a bit-field? True also where nobody knows. */
bool program_has_bit_fields(void);

/* The sources that compile.sh did not compile, as the linker knows them: how many,
 * and `most` of their names at most. -1 where the program has no symbols. */
int program_foreign_sources(const char **names, int most);

/* Where the program was loaded. */
uintptr_t program_base(void);

#endif
