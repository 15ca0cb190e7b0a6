/*
 * C++: who waits with a predicate goes on when it holds, whoever comes first.
 *
 * can: exit 0 | 7\n
 * compiler: gcc
 */
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex lock;
static std::condition_variable ready;
static int value;

int main()
{
    std::thread giver([] {
        std::lock_guard<std::mutex> guard(lock);
        value = 7;
        ready.notify_one();
    });
    {
        std::unique_lock<std::mutex> guard(lock);
        ready.wait(guard, [] { return value != 0; });
        std::printf("%d\n", value);
    }
    giver.join();
}
