/*
 * A function that is written in assembler, beside those in C: what it does to `n`
 * nobody sees. gcc's is refused; clang's makes the list doubted.
 *
 * can: exit 0 | 2\n
 * says: has assembler beside its functions
 * status: 3
 * compiler: clang
 * native: no, a count may be lost
 * toy: no, it is gcc's
 */
#include <pthread.h>
#include <stdio.h>

extern int n;
int n;
void *count(void *argument);

#ifdef __x86_64__
__asm__(".text\n.globl count\ncount:\nincl n(%rip)\nmov %rdi, %rax\nret\n");
#else
__asm__(".text\n.globl count\ncount:\nadrp x1, n\nadd x1, x1, :lo12:n\nldr w2, [x1]\n"
        "add w2, w2, 1\nstr w2, [x1]\nret\n");
#endif

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, count, NULL);
    count(NULL);
    pthread_join(thread, NULL);
    printf("%d\n", n);
    return 0;
}
