#include <stdio.h>

#include <time.h>
#include <errno.h>

int x;
