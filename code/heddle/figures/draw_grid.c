/*
 * Boards of cells: what a program draws with O and . (or # and -) on lines that
 * belong together, boards side by side with blanks between them. A line of other
 * words stands above them.
 */
#include <string.h>

#include "heddle/figures/draw.h"

enum { GAP = 26, MOST_BOARDS = 8, CELL_LEAST = 16, CELL_MOST = 24 };

static bool is_cell(char c)
{
    return c == 'O' || c == '#' || c == '.' || c == '-';
}

/* The next run of cells in a line; false when there is none. */
static bool next_row(struct span *rest, struct span *row)
{
    size_t at = 0, len = 0;

    while (at < rest->len && !is_cell(rest->ptr[at]))
        at++;
    while (at + len < rest->len && is_cell(rest->ptr[at + len]))
        len++;
    *row = (struct span){rest->ptr + at, len};
    *rest = span_skip(*rest, at + len);
    return len > 1;
}

static bool is_board(struct span line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!is_cell(line.ptr[i]) && !is_blank(line.ptr[i]))
            return false;
    return span_trim(line).len > 1;
}

/* Boards stand in two rows where one would make their cells too small. */
struct grid {
    unsigned boards, columns, rows; /* columns and rows of cells */
    unsigned across;                /* boards beside each other */
    double cell;
};

static struct grid measure(struct span data, unsigned width)
{
    struct grid grid = {0};
    struct span line, row;
    unsigned most;

    while (span_line(&data, &line)) {
        unsigned boards = 0;

        if (!is_board(line))
            continue;
        while (next_row(&line, &row) && boards < MOST_BOARDS) {
            boards++;
            grid.columns = row.len > grid.columns ? (unsigned)row.len : grid.columns;
        }
        grid.boards = boards > grid.boards ? boards : grid.boards;
        grid.rows++;
    }
    most = width > 3 * GAP + 3 * grid.columns * CELL_LEAST
               ? width / (GAP + grid.columns * CELL_LEAST + 1)
               : 3;
    grid.across = grid.boards > most ? most : grid.boards > 0 ? grid.boards : 1;
    if (grid.columns > 0)
        grid.cell = (width - GAP * (grid.across - 1.0)) / (grid.across * grid.columns);
    if (grid.cell > CELL_MOST)
        grid.cell = CELL_MOST;
    return grid;
}

static double board_height(const struct grid *grid)
{
    return grid->rows * grid->cell + 50;
}

/* Where a board's cell begins. */
static double cell_x(const struct grid *grid, unsigned board, size_t x)
{
    return board % grid->across * (grid->columns * grid->cell + GAP) + (double)x * grid->cell + 1;
}

static double cell_y(const struct grid *grid, unsigned board, unsigned y)
{
    return board / grid->across * board_height(grid) + 30 + y * grid->cell + 1;
}

/* All cells of a row are one dashed line. */
static void add_ground(const struct grid *grid, struct buf *out)
{
    double side = grid->cell - 2;

    buf_addf(out, "<path class=\"d\" style=\"stroke-width:%.3g;stroke-dasharray:%.3g 2\" d=\"",
             side, side);
    for (unsigned board = 0; board < grid->boards; board++)
        for (unsigned y = 0; y < grid->rows; y++)
            buf_addf(out, "M%.4g %.4gh%.4g", cell_x(grid, board, 0),
                     cell_y(grid, board, y) + side / 2, grid->columns * grid->cell - 2);
    buf_adds(out, "\"/>");
}

static void add_alive(const struct grid *grid, struct span data, struct buf *out)
{
    struct span line, row;
    unsigned y = 0;

    buf_adds(out, "<path d=\"");
    while (span_line(&data, &line)) {
        if (!is_board(line))
            continue;
        for (unsigned board = 0; board < MOST_BOARDS && next_row(&line, &row); board++)
            for (size_t x = 0; x < row.len; x++)
                if (row.ptr[x] == 'O' || row.ptr[x] == '#')
                    draw_box(out, cell_x(grid, board, x), cell_y(grid, board, y), grid->cell - 2,
                             grid->cell - 2);
        y++;
    }
    buf_adds(out, "\"/>");
}

/* Each board's number, in the order of time. */
static void add_numbers(const struct grid *grid, struct buf *out)
{
    for (unsigned board = 0; board < grid->boards; board++) {
        struct buf words = {0};

        buf_addf(&words, "%u", board);
        draw_text(out, board % grid->across * (grid->columns * grid->cell + GAP),
                  board / grid->across * board_height(grid) + 22, "s", buf_span(&words), 100);
        buf_free(&words);
    }
}

unsigned draw_grid(const struct figure *figure, unsigned width, struct buf *out)
{
    struct grid grid = measure(figure->data, width);

    add_ground(&grid, out);
    add_alive(&grid, figure->data, out);
    add_numbers(&grid, out);
    return (unsigned)((grid.boards + grid.across - 1) / grid.across * board_height(&grid));
}
