/*
 * Thread-local objects are destroyed before the destructors of keys are called, as
 * glibc has it.
 *
 * can: exit 0 | object\nkey\n
 */
#include <cstdio>
#include <pthread.h>
#include <thread>

struct Object {
    int used = 0;
    ~Object()
    {
        std::puts("object");
    }
};

thread_local Object object;

static void destroy(void *)
{
    std::puts("key");
}

int main()
{
    pthread_key_t key;

    pthread_key_create(&key, destroy);
    std::thread thread([&] {
        pthread_setspecific(key, &key);
        object.used = 1;
    });
    thread.join();
}
