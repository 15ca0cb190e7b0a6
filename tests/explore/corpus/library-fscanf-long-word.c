/*
 * A word of a file is as long as it likes; how much fscanf writes is known too
 * late. Of more than 63 characters the explorer sees only the first.
 *
 * says: scans a word of more than 63 characters
 * can: exit 0 | 70\n
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char word[100];

static void *scan(void *file)
{
    rewind(file);
    fscanf(file, "%s", word);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    FILE *file = tmpfile();

    fprintf(file, "%070d\n", 7);
    pthread_create(&thread, NULL, scan, file);
    pthread_join(thread, NULL);
    printf("%zu\n", strlen(word));
    fclose(file);
    return 0;
}
