/*
 * C++: ++ of an atomic is one step, a load and a store are two.
 *
 * can: exit 0 | 2 1\n
 * can: exit 0 | 2 2\n
 * compiler: gcc
 */
#include <atomic>
#include <cstdio>
#include <thread>

static std::atomic<int> whole, halves;

static void add()
{
    ++whole;
    halves.store(halves.load() + 1);
}

int main()
{
    std::thread one(add), two(add);

    one.join();
    two.join();
    std::printf("%d %d\n", whole.load(), halves.load());
}
