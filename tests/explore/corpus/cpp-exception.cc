/*
 * C++: an exception that leaves a thread's function ends the program, once somebody
 * has thrown it; what other threads print may come before or not.
 *
 * can: signal 6 |
 * can: signal 6 | main
 * compiler: gcc
 * status: 1
 */
#include <cstdio>
#include <thread>
#include <unistd.h>

int main()
{
    std::thread thrower([] { throw 1; });

    if (write(STDOUT_FILENO, "main", 4) != 4)
        return 1;
    thrower.join();
}
