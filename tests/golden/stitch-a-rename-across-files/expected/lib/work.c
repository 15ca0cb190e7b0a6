#include "work.h"
void begin_first(void) { puts("first"); }
