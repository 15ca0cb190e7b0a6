/*
 * What fuzzing needs where there is no libFuzzer: run every file given, or
 * found in the folders given, through one fuzz target.
 *
 *     cc ... tests/fuzz/fuzz_replay.c tests/fuzz/fuzz_web.c ... && ./fuzz_replay tests/fuzz/corpus/web
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "heddle/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replayed;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf text = {0};
    char piece[4096];
    uint8_t *exact;
    size_t got;

    if (file == NULL) {
        fprintf(stderr, "fuzz_replay: %s: %s\n", path, strerror(errno));
        exit(2);
    }
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(&text, (struct span){piece, got});
    fclose(file);
    exact = malloc(text.len != 0 ? text.len : 1); /* so that one byte beyond is seen */
    if (exact == NULL)
        exit(2);
    if (text.len > 0)
        memcpy(exact, text.ptr, text.len);
    fprintf(stderr, "%s\n", path); /* the last one named is the culprit */
    LLVMFuzzerTestOneInput(exact, text.len);
    replayed++;
    free(exact);
    buf_free(&text);
}

static void replay(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;

    if (dir == NULL) {
        replay_file(path);
        return;
    }
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.') {
            struct buf name = {0};

            buf_addf(&name, "%s/%s", path, entry->d_name);
            replay(buf_string(&name));
            buf_free(&name);
        }
    closedir(dir);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        replay("tests/fuzz/corpus");
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("ok %zu inputs\n", replayed);
    return replayed > 0 ? 0 : 1;
}
