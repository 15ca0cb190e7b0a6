/*
 * C++: readers see both writes or neither.
 *
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 * compiler: gcc
 */
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex lock;
static int one, two;

int main()
{
    std::thread writer([] {
        std::unique_lock<std::shared_mutex> guard(lock);
        one = two = 1;
    });
    {
        std::shared_lock<std::shared_mutex> guard(lock);
        std::printf("%d %d\n", one, two);
    }
    writer.join();
}
