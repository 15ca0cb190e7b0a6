/*
 * Runs a small concurrent program that is written on its command line, one
 * argument a thread, one word an operation:
 *
 *     r0 w0 i0     read, write, increment the plain variable 0
 *     R0 W0 I0     the same, atomic
 *     l0 u0        lock, unlock mutex 0
 *     t0           try to lock it: goes on with the next but one word if taken
 *     c0 d0        wait on condition 0, or with a time limit; mutex 0 is held
 *     s0 b0        signal, broadcast it
 *     P0 V0        wait for, post semaphore 0, which begins with 0
 *     Q0           try to wait for it
 *     e0 f0        lock read-write lock 0 to read, to write
 *     g0           unlock it
 *     B0           wait at barrier 0, which is for two
 *     y z          yield, sleep
 *     a0 A0        look at the atomic variable 0 until it is not 0; A0 yields
 *     k0           ... at the plain one, with mutex 0, and sleep between looks
 *     p            print what was seen so far
 *     x            exit
 *
 * What a thread sees goes into a number: seen = 8 * seen + what was read, or
 * the result of what was tried, plus one.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <time.h>

enum { THINGS = 3, THREADS = 8 };

static const struct timespec moment = {0, 1000};
static int plain[THINGS];
static _Atomic int atomic[THINGS];
static pthread_mutex_t mutexes[THINGS];
static pthread_cond_t conditions[THINGS];
static pthread_rwlock_t rwlocks[THINGS];
static sem_t semaphores[THINGS];
static pthread_barrier_t barriers[THINGS];

struct script {
    const char *text;
    int number, words; /* of the thread; done so far */
    unsigned seen;
};

static void see(struct script *script, int value)
{
    script->seen = (8 * script->seen + (unsigned)value + 1) & 0xffffff;
}

/* What is written differs by thread and place. */
static int to_write(const struct script *script)
{
    return (script->number + 2 * script->words) % 7;
}

static int wait_a_while(int i)
{
    struct timespec limit;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    return pthread_cond_timedwait(&conditions[i], &mutexes[i], &limit) != 0;
}

static void memory(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'r':
        see(script, plain[i]);
        break;
    case 'w':
        plain[i] = to_write(script);
        break;
    case 'i':
        plain[i]++;
        break;
    case 'R':
        see(script, atomic[i]);
        break;
    case 'W':
        atomic[i] = to_write(script);
        break;
    case 'I':
        atomic[i]++;
        break;
    }
}

/* Wait in a loop, as one should not. */
static void look(struct script *script, char verb, int i)
{
    int value = verb != 'a' && verb != 'A' && verb != 'k';

    while (value == 0) {
        if (verb == 'k')
            pthread_mutex_lock(&mutexes[i]);
        value = verb == 'k' ? plain[i] : atomic[i];
        if (verb == 'k')
            pthread_mutex_unlock(&mutexes[i]);
        if (value == 0 && verb == 'A')
            sched_yield();
        if (value == 0 && verb == 'k')
            nanosleep(&moment, NULL);
    }
    if (verb == 'a' || verb == 'A' || verb == 'k')
        see(script, value);
}

/* True: the next word is left out. */
static int synchronise(struct script *script, char verb, int i)
{
    int taken = 0;

    switch (verb) {
    case 'l':
        pthread_mutex_lock(&mutexes[i]);
        break;
    case 'u':
        pthread_mutex_unlock(&mutexes[i]);
        break;
    case 't':
        taken = pthread_mutex_trylock(&mutexes[i]) != 0;
        see(script, taken);
        break;
    case 'c':
        pthread_cond_wait(&conditions[i], &mutexes[i]);
        break;
    case 'd':
        see(script, wait_a_while(i));
        break;
    case 's':
        pthread_cond_signal(&conditions[i]);
        break;
    case 'b':
        pthread_cond_broadcast(&conditions[i]);
        break;
    case 'P':
        sem_wait(&semaphores[i]);
        break;
    case 'V':
        sem_post(&semaphores[i]);
        break;
    case 'Q':
        see(script, sem_trywait(&semaphores[i]) != 0);
        break;
    case 'e':
        pthread_rwlock_rdlock(&rwlocks[i]);
        break;
    case 'f':
        pthread_rwlock_wrlock(&rwlocks[i]);
        break;
    case 'g':
        pthread_rwlock_unlock(&rwlocks[i]);
        break;
    case 'B':
        see(script, pthread_barrier_wait(&barriers[i]) != 0);
        break;
    }
    return taken;
}

static void *run(void *arg)
{
    struct script *script = arg;
    int skip = 0;

    for (const char *word = script->text; *word != '\0';
         word += strcspn(word, " "), word += *word == ' ') {
        int i = word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0;

        script->words++;
        if (skip) {
            skip = 0;
            continue;
        }
        memory(script, word[0], i);
        look(script, word[0], i);
        skip = synchronise(script, word[0], i);
        if (word[0] == 'p')
            printf("%d:%x\n", script->number, script->seen);
        if (word[0] == 'y')
            sched_yield();
        if (word[0] == 'z')
            nanosleep(&moment, NULL);
        if (word[0] == 'x')
            exit(script->number);
    }
    return NULL;
}

static void prepare(void)
{
    for (int i = 0; i < THINGS; i++) {
        pthread_mutex_init(&mutexes[i], NULL);
        pthread_cond_init(&conditions[i], NULL);
        pthread_rwlock_init(&rwlocks[i], NULL);
        sem_init(&semaphores[i], 0, 0);
        pthread_barrier_init(&barriers[i], NULL, 2);
    }
}

int main(int argc, char **argv)
{
    static struct script scripts[THREADS];
    pthread_t threads[THREADS];
    int count = argc - 1;

    if (count > THREADS)
        return 2;
    prepare();
    for (int i = 0; i < count; i++) {
        scripts[i] = (struct script){.text = argv[i + 1], .number = i + 1};
        if (pthread_create(&threads[i], NULL, run, &scripts[i]) != 0)
            return 2;
    }
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
