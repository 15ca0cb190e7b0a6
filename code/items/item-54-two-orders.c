/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>

int main(void)
{
    static pthread_mutex_t account = PTHREAD_MUTEX_INITIALIZER;
    static pthread_mutex_t journal = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&account);
    pthread_mutex_lock(&journal);
    pthread_mutex_unlock(&journal);
    pthread_mutex_unlock(&account);

    pthread_mutex_lock(&journal);
    pthread_mutex_lock(&account);
    pthread_mutex_unlock(&account);
    pthread_mutex_unlock(&journal);
    return 0;
}
