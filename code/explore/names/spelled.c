#define _GNU_SOURCE
#include "explore/names/spelled.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* A program in C++ has it in its library; another has no such names. */
typedef char *demangler(const char *name, char *buffer, size_t *size, int *status);

struct spelling {
    const char *name;
    char *spelled;
    struct spelling *next;
};

static struct spelling *spellings;

/* What a function takes is no part of what it is called. */
static void cut_parameters(char *text)
{
    static const char constant[] = " const";
    size_t length = strlen(text), open = 0;

    if (length > strlen(constant) && strcmp(text + length - strlen(constant), constant) == 0)
        length -= strlen(constant);
    if (length == 0 || text[length - 1] != ')')
        return;
    do {
        length--;
        open += text[length] == ')';
        open -= text[length] == '(';
    } while (open > 0 && length > 0);
    text[length] = '\0';
}

static char *demangle(const char *name)
{
    demangler *known;
    int status = 0;
    char *text;

    *(void **)&known = dlsym(RTLD_DEFAULT, "__cxa_demangle");
    text = known != NULL ? known(name, NULL, NULL, &status) : NULL;
    if (text != NULL)
        cut_parameters(text);
    return text;
}

const char *name_spelled(const char *name)
{
    struct spelling *spelling;

    if (strncmp(name, "_Z", 2) != 0)
        return name;
    for (spelling = spellings; spelling != NULL; spelling = spelling->next)
        if (strcmp(spelling->name, name) == 0)
            break;
    if (spelling == NULL && (spelling = malloc(sizeof *spelling)) != NULL) {
        *spelling = (struct spelling){name, demangle(name), spellings};
        spellings = spelling;
    }
    return spelling != NULL && spelling->spelled != NULL ? spelling->spelled : name;
}
