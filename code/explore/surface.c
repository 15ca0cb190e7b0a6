#define _GNU_SOURCE
#include "explore/surface.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/names/spelled.h"
#include "explore/names/symbols.h"
#include "explore/world/guard.h"

/* The list ------------------------------------------------------------------------ */

enum kind { KIND_SEEN, KIND_HARMLESS, KIND_REFUSED, KIND_UNKNOWN };

struct entry {
    const char *name;
    enum kind kind;
};

static const struct entry entries[] = {
#define ACCESSES(name, ...) {#name, KIND_SEEN},
#define HARMLESS(name) {#name, KIND_HARMLESS},
#define REFUSED(name) {#name, KIND_REFUSED},
#include "explore/intercept/library.h"
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* Sanitizers' hooks that we do not have would be accesses that we do not see. */
static enum kind kind_of(const char *name)
{
    const struct entry key = {.name = name};
    const struct entry *found =
        bsearch(&key, entries, sizeof entries / sizeof *entries, sizeof *entries, compare);

    return found != NULL ? found->kind : KIND_UNKNOWN;
}

/* What the program imports ----------------------------------------------------------- */

/* Its own entry in the dynamic section; 0 when there is none. */
static uintptr_t dynamic(ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++)
        if (entry->d_tag == tag)
            return entry->d_un.d_ptr;
    return 0;
}

/* The table of hashes begins with the first symbol that is defined. */
static size_t import_count(void)
{
    const uint32_t *gnu = (const uint32_t *)dynamic(DT_GNU_HASH);
    const uint32_t *old = (const uint32_t *)dynamic(DT_HASH);

    return gnu != NULL ? gnu[1] : old != NULL ? old[1] : 0;
}

static void take_import(struct exploration *all, const char *name)
{
    char text[FAULT_SIZE];

    switch (kind_of(name)) {
    case KIND_REFUSED:
        if (all->stop == STOP_NOT && asprintf(&all->fault, "calls %s", name) > 0)
            all->stop = STOP_REFUSED;
        break;
    case KIND_UNKNOWN:
        snprintf(text, sizeof text, "calls %s, which the explorer does not know",
                 name_spelled(name));
        exploration_doubt(all, 0, text);
        break;
    default:
        break;
    }
}

/* The name of the function that it imports as its n-th symbol; NULL: it is none. */
static const char *import(size_t n)
{
    const ElfW(Sym) *symbol = (const ElfW(Sym) *)dynamic(DT_SYMTAB) + n;
    unsigned type = symbol->st_info & 0xf;

    if (symbol->st_shndx != SHN_UNDEF || type == STT_OBJECT || type == STT_TLS)
        return NULL;
    return (const char *)dynamic(DT_STRTAB) + symbol->st_name;
}

static void take_imports(struct exploration *all)
{
    size_t count = import_count();

    for (size_t i = 1; i < count; i++)
        if (import(i) != NULL)
            take_import(all, import(i));
}

bool surface_is_plain(void)
{
    size_t count = import_count();

    for (size_t i = 1; i < count; i++)
        if (import(i) != NULL && !guard_allows(import(i)))
            return false;
    return true;
}

/* A library's variables: the program's accesses are seen, the library's are not.
 * These the library only sets before main begins; of C++'s there are tables that
 * nobody changes, and streams. */
static bool is_harmless_variable(const char *name)
{
    static const char *const harmless[] = {
        "stdin",
        "stdout",
        "stderr",
        "program_invocation_short_name",
        "__progname",
        "_r_debug",
        "__stack_chk_guard",
        "__libc_single_threaded", /* changes before there is anybody else */
    };

    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strcmp(name, harmless[i]) == 0)
            return true;
    return strncmp(name, "_Z", 2) == 0;
}

static bool is_copied(const ElfW(Rela) * relocation)
{
#ifdef __x86_64__
    return ELF64_R_TYPE(relocation->r_info) == R_X86_64_COPY;
#else
    return ELF64_R_TYPE(relocation->r_info) == R_AARCH64_COPY;
#endif
}

static void take_variable(struct exploration *all, const ElfW(Rela) * relocation)
{
    const ElfW(Sym) *symbol =
        (const ElfW(Sym) *)dynamic(DT_SYMTAB) + ELF64_R_SYM(relocation->r_info);
    const char *name = (const char *)dynamic(DT_STRTAB) + symbol->st_name;
    char text[FAULT_SIZE];

    if ((symbol->st_info & 0xf) != STT_OBJECT || is_harmless_variable(name) ||
        (symbol->st_shndx != SHN_UNDEF && !is_copied(relocation)))
        return;
    snprintf(text, sizeof text, "uses %.100s, a variable that a library changes unseen", name);
    exploration_doubt(all, 0, text);
}

/* Of a variable that it imports an executable has a copy, or its address. */
static void take_variables(struct exploration *all)
{
    const char *at = (const char *)dynamic(DT_RELA);
    const char *end = at != NULL ? at + dynamic(DT_RELASZ) : NULL;

    for (; at < end; at += sizeof(ElfW(Rela)))
        take_variable(all, (const void *)at);
}

/* Other libraries ----------------------------------------------------------------------- */

static const char *const known_libraries[] = {
    "linux-vdso", "linux-gate", "ld-linux",    "ld64",      "libc.so", "libm.so", "libpthread",
    "libdl.so",   "librt.so",   "libgcc_s.so", "libstdc++", "libc++",  "libmvec", "ld-musl-",
};

static bool is_known(const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;

    for (size_t i = 0; i < sizeof known_libraries / sizeof *known_libraries; i++)
        if (strncmp(name, known_libraries[i], strlen(known_libraries[i])) == 0)
            return true;
    return *name == '\0';
}

static void take_libraries(struct exploration *all)
{
    char text[FAULT_SIZE];

    for (const struct link_map *library = _r_debug.r_map->l_next; library != NULL;
         library = library->l_next)
        if (!is_known(library->l_name)) {
            snprintf(text, sizeof text, "is linked to %.100s, whose code cannot be seen",
                     library->l_name);
            exploration_doubt(all, 0, text);
        }
}

/* What the compiler wrote ------------------------------------------------------------------ */

/* Addresses, from marks.awk. */
extern const uintptr_t __start_explore_assembler[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_assembler[] __attribute__((weak, visibility("hidden"))),
    __start_explore_unseen[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_unseen[] __attribute__((weak, visibility("hidden"))),
    __start_explore_atomic[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_atomic[] __attribute__((weak, visibility("hidden")));

/* Why nothing is proven, from compile.sh: texts, with a zero behind each. */
extern const char __start_explore_doubts[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_doubts[] __attribute__((weak, visibility("hidden")));

/* What else was compiled may be optimised, or have no hooks at all. */
static void take_sources(struct exploration *all)
{
    const char *names[DOUBTS_MOST];
    int count = program_foreign_sources(names, DOUBTS_MOST);
    char text[FAULT_SIZE];

    if (count < 0)
        exploration_doubt(all, 0, "has no symbols that say how it was compiled");
    for (int i = 0; i < count && i < DOUBTS_MOST; i++) {
        snprintf(text, sizeof text, "has %.100s, which compile.sh did not compile", names[i]);
        exploration_doubt(all, 0, text);
    }
}

static void take_texts(struct exploration *all)
{
    for (const char *at = __start_explore_doubts; at < __stop_explore_doubts; at += strlen(at) + 1)
        exploration_doubt(all, 0, at);
}

/* A place is where a call returns to, so just behind. */
static void take_marks(struct exploration *all)
{
    if (&__start_explore_assembler[0] < &__stop_explore_assembler[0] && all->stop == STOP_NOT) {
        all->stop = STOP_REFUSED;
        all->fault = strdup("has inline assembler");
        all->fault_place = __start_explore_assembler[0] + 1;
    }
    if (&__start_explore_atomic[0] < &__stop_explore_atomic[0])
        exploration_doubt(all, __start_explore_atomic[0] + 1,
                          "has an atomic access that its compiler tells nobody");
    if (&__start_explore_unseen[0] < &__stop_explore_unseen[0])
        exploration_doubt(all, __start_explore_unseen[0] + 1,
                          "passes or takes a struct as a whole, which gcc tells nobody");
}

bool surface_allows(struct exploration *all)
{
    take_libraries(all);
    take_imports(all);
    take_variables(all);
    take_marks(all);
    take_sources(all);
    take_texts(all);
    return all->stop != STOP_REFUSED;
}
