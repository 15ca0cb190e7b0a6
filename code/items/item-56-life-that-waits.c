#include "items/life.h"
#include "items/sensor.h"
#include "lib/clock.h"

int main(void)
{
    struct timespec start = clock_now();
    struct life now = life_glider();
    struct sensor sensor;
    struct life next;

    if (!sensor_open(&sensor, 2))
        return 1;
    for (int row = 0; row < LIFE_ROWS; row++)
        for (int column = 0; column < LIFE_COLUMNS; column++) {
            sensor_read(&sensor);
            next.alive[row][column] = life_cell(&now, row, column);
        }
    life_print(&next, 1);
    printf("%.3f\n", clock_seconds_since(start));
    sensor_close(&sensor);
    return 0;
}
