/*
 * C++: a wait without a predicate may miss the notification, or wake without one.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 7\n
 * can: lost wake-up |
 * native: no, it may wait for ever
 * compiler: gcc
 * status: 1
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
        ready.wait(guard);
        std::printf("%d\n", value);
    }
    giver.join();
}
