/*
 * Asynchronous cancellation is between two instructions: refused.
 *
 * says: lets itself be cancelled at any time
 * status: 2
 * native: no, it is refused
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    puts("any time");
    return 0;
}
