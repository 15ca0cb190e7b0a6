#define _POSIX_C_SOURCE 200809L /* poll */
#include <stdio.h>

#include "items/life.h"
#include "items/sensor.h"
#include "lib/clock.h"
#include "lib/thread.h"

static struct sensor sensor;

struct row {
    const struct life *now;
    struct life *next;
    int number;
};

static void *step_row(void *arg, struct thread_error *error)
{
    struct row *row = arg;

    (void)error;
    for (int column = 0; column < LIFE_COLUMNS; column++) {
        sensor_read(&sensor); /* blocks for 2 ms */
        row->next->alive[row->number][column] =
            life_cell(row->now, row->number, column);
    }
    return NULL;
}

static int step(const struct life *now, struct life *next)
{
    struct thread threads[LIFE_ROWS];
    struct row rows[LIFE_ROWS];
    int err = 0;

    for (int row = 0; row < LIFE_ROWS; row++) { /* fan-out */
        rows[row] = (struct row){now, next, row};
        err |= thread_start(&threads[row], "row", step_row, &rows[row]);
    }
    for (int row = 0; row < LIFE_ROWS; row++) /* fan-in */
        err |= thread_join(&threads[row], NULL, NULL);
    return err;
}

int main(void)
{
    struct timespec start = clock_now();
    struct life generations[5] = {life_glider()};
    int err = 0;

    if (!sensor_open(&sensor, 2))
        return 1;
    for (int i = 0; i < 4; i++)
        err |= step(&generations[i], &generations[i + 1]);
    printf("180 reads: %.2f s\n", clock_seconds_since(start));
    life_print(generations, 5);
    sensor_close(&sensor);
    return err != 0;
}
