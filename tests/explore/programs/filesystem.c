/*
 * N threads give an inode its block, each under the locks of both; up to 13
 * threads no two want the same block (Flanagan and Godefroid, POPL 2005: File
 * System).
 */
#include <stdbool.h>

#include "crew.h"

enum { INODES = 32, BLOCKS = 26 };

static pthread_mutex_t inode_locks[INODES], block_locks[BLOCKS];
static int inodes[INODES];
static bool busy[BLOCKS];

static bool take(int block)
{
    bool was_free;

    pthread_mutex_lock(&block_locks[block]);
    was_free = !busy[block];
    busy[block] = true;
    pthread_mutex_unlock(&block_locks[block]);
    return was_free;
}

static void *run(void *argument)
{
    int inode = crew_number(argument) % INODES, block = inode * 2 % BLOCKS;

    pthread_mutex_lock(&inode_locks[inode]);
    if (inodes[inode] == 0) {
        while (!take(block))
            block = (block + 1) % BLOCKS;
        inodes[inode] = block + 1;
    }
    pthread_mutex_unlock(&inode_locks[inode]);
    return NULL;
}

int main(int argc, char **argv)
{
    for (int i = 0; i < INODES; i++)
        pthread_mutex_init(&inode_locks[i], NULL);
    for (int i = 0; i < BLOCKS; i++)
        pthread_mutex_init(&block_locks[i], NULL);
    crew_run(run, crew_size(argc, argv, 14));
    return 0;
}
