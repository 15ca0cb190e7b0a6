/*
 * Who throws out of what std::call_once calls has not done it, and the next one tries
 * again; that is not explored.
 *
 * says: throws out of a function that is called once
 * status: 2
 * native: no, it is done there
 */
#include <cstdio>
#include <mutex>
#include <thread>

static std::once_flag once;
static int tries;

static void work()
{
    try {
        std::call_once(once, [] {
            if (tries++ == 0)
                throw 1;
            std::puts("done");
        });
    } catch (int) {
        std::puts("caught");
    }
}

int main()
{
    std::thread thread(work);
    work();
    thread.join();
}
