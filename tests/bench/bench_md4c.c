/*
 * The least that any reader on md4c costs: parse a file with empty callbacks.
 *
 *     bench_md4c FILE
 */
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>

static int block(MD_BLOCKTYPE type, void *detail, void *user)
{
    (void)type;
    (void)detail;
    (void)user;
    return 0;
}

static int span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)type;
    (void)detail;
    (void)user;
    return 0;
}

static int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *user)
{
    (void)type;
    (void)bytes;
    (void)size;
    (void)user;
    return 0;
}

int main(int argc, char **argv)
{
    const MD_PARSER parser = {.flags = MD_DIALECT_COMMONMARK,
                              .enter_block = block,
                              .leave_block = block,
                              .enter_span = span,
                              .leave_span = span,
                              .text = text};
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    char *bytes;
    long size;

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        return 2;
    rewind(file);
    bytes = malloc((size_t)size + 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        return 2;
    fclose(file);
    return md_parse(bytes, (MD_SIZE)size, &parser, NULL) == 0 ? 0 : 1;
}
