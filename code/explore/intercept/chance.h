/*
 * What is different every time: the process's number, and what some files hold.
 */
#ifndef EXPLORE_INTERCEPT_CHANCE_H
#define EXPLORE_INTERCEPT_CHANCE_H

#include <stdint.h>
#include <sys/types.h>

/* As the program is told. */
pid_t process_number(void);

/* Refuses the run when this is one that the program opens. */
void chance_check(const char *path, uintptr_t place);

#endif
