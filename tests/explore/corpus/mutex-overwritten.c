/*
 * Zeros over a mutex that nobody has: what is there then is another one, as
 * PTHREAD_MUTEX_INITIALIZER makes it.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct {
    pthread_mutex_t lock;
    int count;
} account;

static void count(void)
{
    pthread_mutex_lock(&account.lock);
    account.count++;
    pthread_mutex_unlock(&account.lock);
}

int main(void)
{
    pthread_mutex_init(&account.lock, NULL);
    count();
    memset(&account, 0, sizeof account);
    pthread_mutex_init(&account.lock, NULL);
    count();
    printf("%d\n", account.count);
    return 0;
}
