/*
 * The destructor of a thread-local object is code of the thread's, and may race.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: gone
 */
#include <cstdio>
#include <thread>

int gone;

struct Guest {
    int here = 1;
    ~Guest()
    {
        gone = here;
    }
};

thread_local Guest guest;

int main()
{
    std::thread thread([] { guest.here = 1; });
    std::printf("%d\n", gone);
    thread.join();
}
