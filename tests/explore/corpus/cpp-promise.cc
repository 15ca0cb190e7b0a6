/*
 * C++: get() waits for the promise, and what was written before is seen behind it.
 *
 * can: exit 0 | 3 4\n
 * compiler: gcc
 * says: calls std::__exception_ptr::exception_ptr::exception_ptr
 * status: 3
 */
#include <cstdio>
#include <future>
#include <thread>

static int besides;

int main()
{
    std::promise<int> promise;
    std::future<int> future = promise.get_future();
    std::thread giver([&promise] {
        besides = 4;
        promise.set_value(3);
    });
    int value = future.get();

    std::printf("%d %d\n", value, besides);
    giver.join();
}
