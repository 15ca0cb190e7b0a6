/*
 * C++: two locks, taken in two orders.
 *
 * can: exit 0 | 2\n
 * can: deadlock |
 * native: no, it may wait for ever
 * compiler: gcc
 * status: 1
 */
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex left, right;
static int count;

static void add(std::mutex *first, std::mutex *second)
{
    std::lock_guard<std::mutex> one(*first), two(*second);

    count++;
}

int main()
{
    std::thread one(add, &left, &right), two(add, &right, &left);

    one.join();
    two.join();
    std::printf("%d\n", count);
}
