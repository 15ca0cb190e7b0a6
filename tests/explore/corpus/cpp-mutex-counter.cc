/*
 * C++: two threads count under a lock, each twice; the sum is all that can be.
 *
 * can: exit 0 | 4\n
 * compiler: gcc
 */
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex lock;
static int count;

static void add()
{
    for (int i = 0; i < 2; i++) {
        std::lock_guard<std::mutex> guard(lock);
        count++;
    }
}

int main()
{
    std::thread one(add), two(add);

    one.join();
    two.join();
    std::printf("%d\n", count);
}
