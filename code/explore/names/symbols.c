#define _GNU_SOURCE
#include "explore/names/symbols.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct symbol *symbols;
static size_t symbol_count;
static const ElfW(Sym) * entries; /* all that there are */
static size_t entry_count;
static const char *entry_names;

/* We are linked into the program: what is ours is where it is. */
uintptr_t program_base(void)
{
    Dl_info info;

    return dladdr(&symbols, &info) != 0 ? (uintptr_t)info.dli_fbase : 0;
}

static bool is_named(const ElfW(Sym) * symbol)
{
    int type = symbol->st_info & 0xf;

    return (type == STT_FUNC || type == STT_OBJECT) && symbol->st_shndx != SHN_UNDEF &&
           symbol->st_size > 0;
}

static void take_table(const char *file, const ElfW(Shdr) * table, const ElfW(Shdr) * names)
{
    uintptr_t base = program_base();
    const char *source = "";

    entries = (const void *)(file + table->sh_offset);
    entry_count = table->sh_size / sizeof *entries;
    entry_names = file + names->sh_offset;
    symbols = calloc(entry_count, sizeof *symbols);
    for (size_t i = 0; i < entry_count && symbols != NULL; i++) {
        const char *name = entry_names + entries[i].st_name;

        if ((entries[i].st_info & 0xf) == STT_FILE)
            source = name;
        if (is_named(&entries[i]))
            symbols[symbol_count++] = (struct symbol){
                name,
                base + entries[i].st_value,
                entries[i].st_size,
                entries[i].st_info >> 4 == STB_LOCAL && strcmp(source, "crtstuff.c") == 0,
            };
    }
}

/* Sources -------------------------------------------------------------------------- */

static const char *name_of(size_t entry)
{
    return entry_names + entries[entry].st_name;
}

static bool is_file(size_t entry)
{
    return (entries[entry].st_info & 0xf) == STT_FILE;
}

/* Local symbols follow the name of their file; compile.sh leaves one in each, and
 * another where there are bit-fields. */
static bool is_marked(size_t file)
{
    for (size_t i = file + 1; i < entry_count && !is_file(i); i++)
        if (strcmp(name_of(i), "explore.compiled") == 0)
            return true;
    return false;
}

/* The compiler's own beginning and end of each program, the linker, and us. */
static bool is_known_file(const char *name)
{
    static const char *const known[] = {"", "crtstuff.c", "crt1.o", "Scrt1.o", "crti.o", "crtn.o"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return strncmp(name, "explore.", 8) == 0;
}

/* The file stays mapped, as its names do. An executable that is not position
 * independent has a base of its own; ours always are. */
static void load(void)
{
    int fd = open("/proc/self/exe", O_RDONLY);
    struct stat status;
    const char *file = MAP_FAILED;
    const ElfW(Ehdr) * header;
    const ElfW(Shdr) * sections;

    if (fd >= 0 && fstat(fd, &status) == 0)
        file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    if (file == MAP_FAILED)
        return;
    header = (const void *)file;
    sections = (const void *)(file + header->e_shoff);
    for (unsigned i = 0; i < header->e_shnum; i++)
        if (sections[i].sh_type == SHT_SYMTAB)
            take_table(file, &sections[i], &sections[sections[i].sh_link]);
}

static void load_once(void)
{
    static bool loaded;

    if (!loaded)
        load();
    loaded = true;
}

bool program_has_bit_fields(void)
{
    load_once();
    for (size_t i = 0; i < entry_count; i++)
        if (strcmp(name_of(i), "explore.bit_fields") == 0)
            return true;
    return entry_count == 0;
}

int program_foreign_sources(const char **names, int most)
{
    int count = 0;

    load_once();
    for (size_t i = 0; i < entry_count; i++)
        if (is_file(i) && !is_known_file(name_of(i)) && !is_marked(i)) {
            if (count < most)
                names[count] = name_of(i);
            count++;
        }
    return entry_count > 0 ? count : -1;
}

const struct symbol *symbol_at(uintptr_t address)
{
    load_once();
    for (size_t i = 0; i < symbol_count; i++)
        if (address >= symbols[i].address && address < symbols[i].address + symbols[i].size)
            return &symbols[i];
    return NULL;
}

const struct symbol *symbol_named(const char *name, size_t length, unsigned long n)
{
    load_once();
    for (size_t i = 0; i < symbol_count; i++)
        if (strncmp(symbols[i].name, name, length) == 0 && symbols[i].name[length] == '\0' &&
            --n == 0)
            return &symbols[i];
    return NULL;
}

unsigned long symbol_number(const struct symbol *symbol)
{
    unsigned long n = 1;

    for (const struct symbol *other = symbols; other < symbol; other++)
        n += strcmp(other->name, symbol->name) == 0;
    return n;
}

extern char __data_start[], _end[]; /* the linker's: what can be written */

static bool is_variable(const struct symbol *symbol)
{
    return symbol->address >= (uintptr_t)__data_start && symbol->address < (uintptr_t)_end &&
           strncmp(symbol->name, "explore.", 8) != 0;
}

const struct symbol *symbol_variable(size_t n)
{
    load_once();
    for (size_t i = 0; i < symbol_count; i++)
        if (is_variable(&symbols[i]) && n-- == 0)
            return &symbols[i];
    return NULL;
}

/* link.sh leaves no others: names of its own, those that the compiler calls, and
 * those that stand in front of a library's. */
bool symbol_is_ours(uintptr_t address)
{
    const struct symbol *symbol = symbol_at(address);

    return symbol != NULL &&
           (strncmp(symbol->name, "explore.", 8) == 0 || strncmp(symbol->name, "__tsan_", 7) == 0 ||
            dlsym(RTLD_NEXT, symbol->name) != NULL);
}
