/*
 * What is thread-local is destroyed with its thread, main's when main returns.
 *
 * can: exit 0 | thread\n~2\nmain\n~3\natexit\n
 */
#include <cstdio>
#include <cstdlib>
#include <thread>

struct Number {
    int value = 1;
    ~Number()
    {
        std::printf("~%d\n", value);
    }
};

thread_local Number number;

int main()
{
    number.value = 3;
    std::atexit([] { std::puts("atexit"); });
    std::thread thread([] {
        number.value = 2;
        std::puts("thread");
    });
    thread.join();
    std::puts("main");
}
