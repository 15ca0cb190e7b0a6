/*
 * C++: one of two threads makes it, the other waits until it is made.
 *
 * can: exit 0 | 1 5 5\n
 * compiler: gcc
 */
#include <cstdio>
#include <mutex>
#include <thread>

static std::once_flag once;
static int made, value, seen[2];

static void use(int i)
{
    std::call_once(once, [] {
        made++;
        value = 5;
    });
    seen[i] = value;
}

int main()
{
    std::thread one(use, 0), two(use, 1);

    one.join();
    two.join();
    std::printf("%d %d %d\n", made, seen[0], seen[1]);
}
