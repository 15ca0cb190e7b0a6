/*
 * C++20: a jthread is told to stop and joined where it ends.
 *
 * can: exit 0 | stopped\n
 * compiler: gcc
 */
#include <cstdio>
#include <thread>

int main()
{
    std::jthread looks([](std::stop_token stop) {
        while (!stop.stop_requested())
            std::this_thread::yield();
        std::printf("stopped\n");
    });
}
