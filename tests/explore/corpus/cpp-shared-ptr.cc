/*
 * C++: two threads drop the last pointers to a thing; one of them destroys it.
 *
 * can: exit 0 | 1\n
 * compiler: gcc
 */
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

static int destroyed;

struct thing {
    ~thing()
    {
        destroyed++;
    }
};

static void drop(std::shared_ptr<thing> &mine)
{
    mine.reset();
}

int main()
{
    auto first = std::make_shared<thing>();
    auto second = first;
    std::thread one(drop, std::ref(first)), two(drop, std::ref(second));

    one.join();
    two.join();
    std::printf("%d\n", destroyed);
}
