/*
 * POSIX has room for 128 keys at least (PTHREAD_KEYS_MAX), glibc for 1024; how many
 * there are is not guessed.
 *
 * says: makes more than 128 keys
 * status: 2
 * native: no, there are as many as there are
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    pthread_key_t key;
    int count = 0;

    while (pthread_key_create(&key, NULL) == 0)
        count++;
    printf("%d\n", count);
    return 0;
}
