/*
 * C++: a task throws, and get() throws it on.
 *
 * can: exit 0 | caught 5\n
 * compiler: gcc
 * says: calls std::current_exception
 * status: 3
 */
#include <cstdio>
#include <future>

static int task()
{
    throw 5;
}

int main()
{
    std::future<int> future = std::async(std::launch::async, task);

    try {
        future.get();
    } catch (int thrown) {
        std::printf("caught %d\n", thrown);
    }
}
