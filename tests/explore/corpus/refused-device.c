/*
 * One more way to a standard stream, with a place in it of its own.
 *
 * says: opens /dev/stdout
 * status: 2
 * native: no, it depends on what stdout is
 */
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
    return open("/dev/stdout", O_WRONLY) < 0;
}
