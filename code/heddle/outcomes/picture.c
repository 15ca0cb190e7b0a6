#include "heddle/outcomes/picture.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/outcomes/trace.h"

/* In units of which sixteen are an em of the text around. A character of the
 * type is 0.6 of its size wide, as in most that have one width. */
enum {
    TYPE = 16,
    ROW = 24,
    HEAD = 32,
    LANE = 9,
    LABEL = 24,
    GAP = 14,
    LEAST_LABEL = 8,
    MOST_LABEL = 56, /* columns of words, where there is room */
    CUT_LABEL = 28,  /* where there is none */
    WIDE = 920,      /* the room */
    COLOURS = 4      /* of threads: a fifth has the first one's again */
};

struct picture {
    struct trace run;
    unsigned *rows; /* [step]: where it stands, from 1; of silent ones the row above */
    unsigned row_count;
    unsigned hidden; /* steps behind the last row */
    unsigned *lefts; /* [thread]: where its column begins; one more for the end */
    unsigned label;  /* the most columns of a label */
};

/* Layout ---------------------------------------------------------------------- */

static unsigned row_y(unsigned row)
{
    return HEAD + ROW * row - ROW / 2;
}

static unsigned lane_x(const struct picture *picture, size_t thread)
{
    return picture->lefts[thread] + LANE;
}

/* Steps beyond the last row are in it. */
static void place_steps(struct picture *picture, struct arena *arena)
{
    const struct trace *run = &picture->run;

    picture->rows = arena_array(arena, run->step_count + 2, sizeof *picture->rows);
    for (size_t i = 1; i <= run->step_count; i++) {
        if (run->steps[i].words.len > 0 && picture->row_count == PICTURE_MOST_ROWS)
            picture->hidden++;
        else if (run->steps[i].words.len > 0)
            picture->row_count++;
        picture->rows[i] = picture->row_count;
    }
}

/* The row that shows who waits: the first of another thread's steps behind. One
 * that waits for ever may need a row more. */
static unsigned wait_row(const struct picture *picture, const struct trace_wait *wait)
{
    return picture->rows[wait->from] + 1;
}

static void make_room_for_waits(struct picture *picture)
{
    for (size_t i = 0; i < picture->run.wait_count; i++)
        if (picture->run.waits[i].to == 0 && picture->hidden == 0 &&
            wait_row(picture, &picture->run.waits[i]) > picture->row_count) {
            picture->row_count++;
            return;
        }
}

static struct span cut(const struct picture *picture, struct span words)
{
    return span_columns(words, picture->label);
}

static void widen(const struct picture *picture, unsigned *columns, struct span words)
{
    unsigned wanted = (unsigned)span_width(cut(picture, words));

    if (wanted > *columns)
        *columns = wanted;
}

static bool is_shown(const struct picture *picture, const struct trace_wait *wait)
{
    unsigned row = wait_row(picture, wait);

    return row <= picture->row_count && (wait->to == 0 || row <= picture->rows[wait->to]);
}

/* Whether nobody is drawn to the right of a step any more: its words may stand there. */
static bool has_room_beside(const struct picture *picture, size_t step)
{
    const struct trace *run = &picture->run;

    for (size_t i = run->steps[step].thread + 1; i < run->thread_count; i++)
        if (run->threads[i].end == 0 || picture->rows[run->threads[i].end] >= picture->rows[step])
            return false;
    return true;
}

static unsigned columns_of(const struct picture *picture, unsigned thread)
{
    const struct trace *run = &picture->run;
    unsigned columns = LEAST_LABEL;

    widen(picture, &columns, run->threads[thread].name);
    for (size_t i = 1; i <= run->step_count; i++)
        if (run->steps[i].thread == thread && !has_room_beside(picture, i))
            widen(picture, &columns, run->steps[i].words);
    for (size_t i = 0; i < run->wait_count; i++)
        if (run->waits[i].thread == thread && is_shown(picture, &run->waits[i]))
            widen(picture, &columns, run->waits[i].words);
    return columns;
}

static unsigned column_width(unsigned columns)
{
    return LABEL + columns * TYPE * 6 / 10 + GAP;
}

/* How far words of a thread's last steps go, across columns of others. */
static unsigned end_of_words(const struct picture *picture)
{
    const struct trace *run = &picture->run;
    unsigned most = 0;

    for (size_t i = 1; i <= run->step_count; i++) {
        unsigned columns = 0, end;

        widen(picture, &columns, run->steps[i].words);
        end = picture->lefts[run->steps[i].thread] + column_width(columns);
        most = end > most ? end : most;
    }
    return most;
}

static unsigned place_columns(struct picture *picture)
{
    size_t count = picture->run.thread_count;
    unsigned x = 0, end;

    for (unsigned i = 0; i < count; i++) {
        picture->lefts[i] = x;
        x += column_width(columns_of(picture, i));
    }
    end = end_of_words(picture);
    picture->lefts[count] = end > x ? end : x;
    return picture->lefts[count];
}

/* Words are cut only where whole ones make the picture too wide. */
static void place_threads(struct picture *picture, struct arena *arena)
{
    picture->lefts = arena_array(arena, picture->run.thread_count + 1, sizeof *picture->lefts);
    picture->label = MOST_LABEL;
    while (place_columns(picture) > WIDE && picture->label > CUT_LABEL)
        picture->label--;
}

/* Lanes ----------------------------------------------------------------------- */

static void add_stroke(struct buf *out, unsigned x, unsigned from, unsigned to)
{
    if (to > from)
        buf_addf(out, "M%u %uV%u", x, from, to);
}

static unsigned end_row(const struct picture *picture, const struct trace_thread *thread)
{
    return thread->end > 0 ? picture->rows[thread->end] : picture->row_count;
}

static void add_life(const struct picture *picture, unsigned lane, struct buf *out)
{
    const struct trace_thread *thread = &picture->run.threads[lane];
    unsigned begin = thread->begin > 0 ? picture->rows[thread->begin] : 0;

    buf_adds(out, "<path stroke-width=\"1.5\" d=\"");
    add_stroke(out, lane_x(picture, lane), HEAD + ROW * begin,
               HEAD + ROW * end_row(picture, thread));
    buf_adds(out, "\"/>");
}

/* Rows of one thread that follow each other are one stroke. */
static void add_runs(const struct picture *picture, unsigned lane, struct buf *out)
{
    const struct trace *run = &picture->run;

    buf_adds(out, "<path stroke-width=\"7\" d=\"");
    for (size_t i = 1, next; i <= run->step_count; i = next) {
        unsigned thread = run->steps[i].thread;

        for (next = i; next <= run->step_count && run->steps[next].thread == thread; next++)
            ;
        if (thread == lane)
            add_stroke(out, lane_x(picture, lane), HEAD + ROW * picture->rows[i - 1],
                       HEAD + ROW * picture->rows[next - 1]);
    }
    buf_adds(out, "\"/>");
}

/* A gap is laid over the lane, in the page's colour; it need not be known. */
static void add_waits(const struct picture *picture, unsigned lane, struct buf *out)
{
    const struct trace *run = &picture->run;
    size_t begin = out->len, empty;

    buf_adds(out, "<path opacity=\".7\" stroke-width=\"5\" stroke-dasharray=\"2 5\" d=\"");
    empty = out->len;
    for (size_t i = 0; i < run->wait_count; i++) {
        const struct trace_wait *wait = &run->waits[i];
        unsigned last = wait->to > 0 ? picture->rows[wait->to] : picture->row_count;

        if (wait->thread == lane)
            add_stroke(out, lane_x(picture, lane), HEAD + ROW * picture->rows[wait->from],
                       HEAD + ROW * last);
    }
    if (out->len == empty)
        out->len = begin;
    else
        buf_adds(out, "\"/>");
}

/* A thread's colour is the same wherever it is drawn, and so is its shape, for those
 * who see no colours. */
static void add_lane(const struct picture *picture, unsigned lane, struct buf *out)
{
    static const char *const shapes[COLOURS] = {"a6 6 0 1 0 12 0a6 6 0 1 0-12 0", "v-6h12v12h-12z",
                                                "m0 6l6-12l6 12z", "l6-7l6 7l-6 7z"};

    buf_addf(out, "<g class=\"l%u\">", lane % COLOURS);
    add_life(picture, lane, out);
    add_waits(picture, lane, out);
    add_runs(picture, lane, out);
    buf_addf(out, "<path class=\"t%u\" d=\"M%u %d%s\"/></g>", lane % COLOURS,
             lane_x(picture, lane) - 6, HEAD - 17, shapes[lane % COLOURS]);
}

/* Between two rows, so that it crosses no words. */
static void add_arrows(const struct picture *picture, struct buf *out)
{
    const struct trace *run = &picture->run;

    buf_adds(out, "<path stroke-width=\"1.5\" d=\"");
    for (size_t i = 0; i < run->wait_count; i++) {
        const struct trace_wait *wait = &run->waits[i];
        unsigned from = lane_x(picture, wait->waker), to = lane_x(picture, wait->thread);
        int back = from < to ? -6 : 6;

        if (wait->to == 0 || picture->rows[wait->to] <= picture->rows[wait->from])
            continue;
        buf_addf(out, "M%u %uH%um%d-4l%d 4 %d 4", from, HEAD + ROW * picture->rows[wait->to], to,
                 back, -back, back);
    }
    buf_adds(out, "\"/>");
}

/* From where an old value was written, or from where all begins, past what was written
 * since, to who reads it; beside the lanes and between rows. */
static void add_old_reads(const struct picture *picture, struct buf *out)
{
    const struct trace *run = &picture->run;
    size_t begin = out->len, empty;

    buf_adds(out, "<path class=\"old\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\" d=\"");
    empty = out->len;
    for (size_t i = 1; i <= run->step_count; i++) {
        const struct trace_step *step = &run->steps[i];
        unsigned source = step->from > 0 ? run->steps[step->from].thread : 0;
        unsigned to = lane_x(picture, step->thread);
        int back = source < step->thread ? -6 : 6;

        if (step->old && source != step->thread && picture->rows[i] > picture->rows[i - 1])
            buf_addf(out, "M%u %uV%uH%um%d-4l%d 4 %d 4", lane_x(picture, source) + 8,
                     HEAD + ROW * picture->rows[step->from], HEAD + ROW * (picture->rows[i] - 1),
                     to, back, -back, back);
    }
    if (out->len == empty)
        out->len = begin;
    else
        buf_adds(out, "\"/>");
}

/* Words ----------------------------------------------------------------------- */

static void add_words(const struct picture *picture, unsigned thread, unsigned row,
                      struct span words, struct buf *out)
{
    struct span shown = cut(picture, words);

    buf_addf(out, "<text x=\"%u\" y=\"%u\">", picture->lefts[thread] + LABEL,
             row_y(row) + TYPE / 3);
    escape_html(out, shown);
    buf_adds(out, shown.len < words.len ? "\xe2\x80\xa6</text>" : "</text>");
}

static void add_labels(const struct picture *picture, struct buf *out)
{
    const struct trace *run = &picture->run;

    buf_adds(out, "<g font-weight=\"bold\">");
    for (unsigned i = 0; i < run->thread_count; i++) {
        buf_addf(out, "<text x=\"%u\" y=\"%d\">", picture->lefts[i] + LABEL, HEAD - 12);
        escape_html(out, cut(picture, run->threads[i].name));
        buf_adds(out, "</text>");
    }
    buf_adds(out, "</g>");
    for (size_t i = 1; i <= run->step_count; i++)
        if (run->steps[i].words.len > 0 && picture->rows[i] > picture->rows[i - 1])
            add_words(picture, run->steps[i].thread, picture->rows[i], run->steps[i].words, out);
    for (size_t i = 0; i < run->wait_count; i++)
        if (is_shown(picture, &run->waits[i]))
            add_words(picture, run->waits[i].thread, wait_row(picture, &run->waits[i]),
                      run->waits[i].words, out);
    if (picture->hidden > 0)
        buf_addf(out, "<text x=\"0\" y=\"%u\">\xe2\x80\xa6 and %u more steps</text>",
                 row_y(picture->row_count + 1) + TYPE / 3, picture->hidden);
}

/* The picture as sentences: what role="img" hides of its text. */
static void add_description(const struct picture *picture, struct buf *out)
{
    const struct trace *run = &picture->run;

    buf_adds(out, "<title>");
    escape_html(out, run->program);
    buf_addf(out, ": %zu threads over time</title><desc>", run->thread_count);
    for (size_t i = 1; i <= run->step_count; i++) {
        if (run->steps[i].words.len == 0 || picture->rows[i] == picture->rows[i - 1])
            continue;
        escape_html(out, run->threads[run->steps[i].thread].name);
        buf_adds(out, run->steps[i].call.len > 0 ? " calls " : " ");
        escape_html(out, run->steps[i].words);
        buf_adds(out, ". ");
    }
    for (size_t i = 0; i < run->wait_count; i++)
        if (run->waits[i].to == 0) {
            escape_html(out, run->threads[run->waits[i].thread].name);
            buf_addc(out, ' ');
            escape_html(out, run->waits[i].words);
            buf_adds(out, " for ever. ");
        }
    escape_html(out, run->ending);
    buf_adds(out, "</desc>");
}

static void add_opening(const struct picture *picture, bool alone, struct buf *out)
{
    unsigned width = picture->lefts[picture->run.thread_count];
    unsigned height = HEAD + ROW * (picture->row_count + (picture->hidden > 0)) + 6;

    buf_addf(out,
             "<svg%s class=\"threads\" role=\"img\" preserveAspectRatio=\"xMinYMin\" "
             "viewBox=\"0 0 %u %u\" style=\"width:%u.%02uem\">",
             alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", width, height, width / 16,
             width % 16 * 100 / 16);
    if (alone)
        buf_adds(out, "<style>svg{color:#1b1b1f;background:#fff;fill:currentColor;"
                      "font-family:monospace}"
                      ".l0{stroke:#1f66b3}.l1{stroke:#8a4b00}.l2{stroke:#006b54}"
                      ".l3{stroke:#8a3b8f}.t0{fill:#1f66b3}.t1{fill:#8a4b00}.t2{fill:#006b54}"
                      ".t3{fill:#8a3b8f}"
                      "@media(prefers-color-scheme:dark){svg{color:#e6e6ea;background:#16161a}"
                      ".l0{stroke:#6cb2f5}.l1{stroke:#f5ad42}.l2{stroke:#3fcfa4}"
                      ".l3{stroke:#dd9be2}.t0{fill:#6cb2f5}.t1{fill:#f5ad42}.t2{fill:#3fcfa4}"
                      ".t3{fill:#dd9be2}}"
                      "</style>");
}

bool picture_draw(struct span trace, bool alone, struct buf *out)
{
    struct arena arena = {0};
    struct picture picture = {0};
    bool good = trace_read(&picture.run, &arena, trace);

    if (good) {
        place_steps(&picture, &arena);
        make_room_for_waits(&picture);
        place_threads(&picture, &arena);
        add_opening(&picture, alone, out);
        add_description(&picture, out);
        buf_adds(out, "<g fill=\"none\" stroke=\"currentColor\">");
        for (unsigned i = 0; i < picture.run.thread_count; i++)
            add_lane(&picture, i, out);
        add_arrows(&picture, out);
        add_old_reads(&picture, out);
        buf_addf(out, "</g><g font-size=\"%d\">", TYPE);
        add_labels(&picture, out);
        buf_adds(out, alone ? "</g></svg>\n" : "</g></svg>");
    }
    arena_free(&arena);
    return good;
}
