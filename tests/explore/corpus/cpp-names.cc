/*
 * C++: what is named is called as in the source, not as the linker has it.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: counter
 * says: "object": "counter", "
 * says: std::__detail::_List_node_base::_M_hook, which the explorer does not know
 * compiler: gcc
 * status: 1
 */
#include <cstdio>
#include <list>
#include <thread>

static int counter;

static void count()
{
    counter++;
}

int main()
{
    std::list<int> list;

    list.push_back(1);
    std::thread other(count);
    count();
    other.join();
    std::printf("%d\n", counter);
}
