/*
 * C++: two threads count without a lock: one update may be lost, and it is a race.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: count
 * compiler: gcc
 * status: 1
 */
#include <cstdio>
#include <thread>

int count;

int main()
{
    std::thread one([] { count++; }), two([] { count++; });

    one.join();
    two.join();
    std::printf("%d\n", count);
}
