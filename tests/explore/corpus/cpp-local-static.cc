/*
 * A local static is made once, and who does not make it, waits until it is made and
 * sees it whole (C++, [stmt.dcl]; Itanium C++ ABI, 3.3.2). So there is no race.
 *
 * can: exit 0 | 7 7 1\n
 * compiler: gcc
 */
#include <cstdio>
#include <thread>

static int made;

struct thing {
    int value;
    thing() : value(7)
    {
        made++;
    }
};

static int look()
{
    static thing only;

    return only.value;
}

int main()
{
    int seen[2];
    std::thread one([&seen] { seen[0] = look(); }), two([&seen] { seen[1] = look(); });

    one.join();
    two.join();
    std::printf("%d %d %d\n", seen[0], seen[1], made);
    return 0;
}
