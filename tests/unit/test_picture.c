/*
 * Pictures of runs, drawn from traces written by hand.
 */
#include <string.h>

#include "heddle/outcomes/picture.h"
#include "tests.h"

#define HEAD \
    "trace 1\nprogram \"p\"\nthread 0 \"main\"\nthread 1 \"add 1\"\nthread 2 \"add 2\"\n" \
    "step 1 0 create thread=1 at=\"a.md:8\" source=\"x\"\n" \
    "step 2 0 create thread=2\n" \
    "step 3 1 start at=\"a.md:3\"\n"
#define END "end exit 0 \"ends with status 0\"\n"

static void assert_draws(const char *trace, bool wanted, const char *part)
{
    struct buf out = {0};

    assert_true(picture_draw(span_of(trace), false, &out));
    if ((strstr(buf_string(&out), part) != NULL) != wanted)
        fail_msg("%s is %s in\n%s", part, wanted ? "not" : "", out.ptr);
    buf_free(&out);
}

TEST(steps_are_said_in_words)
{
    static const char trace[] =
        HEAD "step 4 1 read memory=\"count\" value=0 size=4 at=\"a.md:9\"\n"
             "step 5 2 trylock mutex=\"a->lock\" failed at=\"a.md:9\"\n"
             "step 6 0 print stream=stdout text=\"1 < 2\\nand more\\n\" at=\"a.md:9\"\n" END;

    assert_draws(trace, true, ">starts add 1</text>");
    assert_draws(trace, true, ">reads count: 0</text>");
    assert_draws(trace, true, ">tries a-&gt;lock, in vain</text>");
    assert_draws(trace, true, ">prints 1 &lt; 2 \xe2\x80\xa6</text>");
    assert_draws(trace, false, ">start<");
}

/* What the library does inside is its own affair; two calls are two, though. */
TEST(a_call_of_the_library_is_one_row)
{
    static const char trace[] =
        HEAD "step 4 1 lock mutex=\"q->lock\" call=\"queue_get\" entry=3 at=\"q.md:8\"\n"
             "step 5 1 unlock mutex=\"q->lock\" call=\"queue_get\" entry=3 at=\"q.md:9\"\n"
             "step 6 2 lock mutex=\"m\" at=\"a.md:9\"\n"
             "step 7 1 yield call=\"queue_get\" entry=3 at=\"q.md:9\"\n"
             "step 8 1 lock mutex=\"q->lock\" call=\"queue_get\" entry=5 at=\"q.md:8\"\n"
             "step 9 1 unlock mutex=\"m\" at=\"a.md:9\"\n"
             "wait 1 5 6 2 memory \"memory 1\"\n" END;

    assert_draws(trace, true,
                 "add 1 calls queue_get. add 2 locks m. "
                 "add 1 calls queue_get. add 1 unlocks m. ends");
    assert_draws(trace, false, "q-&gt;lock");
    assert_draws(trace, true, ">waits in queue_get</text>");
}

/* It has left queue_get; that it waits for ever is not the library's doing. */
TEST(a_wait_for_ever_is_not_in_a_call_that_is_over)
{
    static const char trace[] =
        HEAD "step 4 1 lock mutex=\"q->lock\" call=\"queue_get\" entry=3 at=\"q.md:8\"\n"
             "wait 1 4 - - mutex \"m\"\nend deadlock 0 \"deadlock\"\n";

    assert_draws(trace, true, ">waits for m</text>");
    assert_draws(trace, false, "waits in");
}

TEST(the_description_tells_the_run)
{
    assert_draws(HEAD
                 "step 4 1 write memory=\"count\" value=1 size=4\nwait 2 4 - - mutex \"b\"\n" END,
                 true,
                 "<title>p: 3 threads over time</title><desc>main starts add 1. main starts "
                 "add 2. add 1 writes count: 1. add 2 waits for b for ever. ends with status 0"
                 "</desc>");
}

TEST(a_wait_is_dashed_and_its_end_an_arrow)
{
    static const char trace[] = HEAD "step 4 1 lock mutex=\"m\"\nstep 5 1 unlock mutex=\"m\" "
                                     "wakes=2\nstep 6 2 lock mutex=\"m\"\n"
                                     "wait 2 4 5 1 mutex \"m\"\n" END;

    assert_draws(trace, true, ">waits for m</text>");
    assert_draws(trace, true,
                 "<path opacity=\".7\" stroke-width=\"5\" stroke-dasharray=\"2 5\" "
                 "d=\"M");
    assert_draws(trace, true, "m-6-4l6 4 -6 4");
}

TEST(a_wait_for_ever_has_no_arrow_and_a_row)
{
    static const char trace[] = HEAD "wait 1 3 - - mutex \"m\"\nwait 2 2 - - barrier \"\"\n"
                                     "end deadlock 0 \"deadlock\"\n";

    assert_draws(trace, true, ">waits for m</text>");
    assert_draws(trace, true, ">waits for barrier</text>");
    assert_draws(trace, true, "<path stroke-width=\"1.5\" d=\"\"/>");
}

TEST(a_long_run_is_cut_and_says_so)
{
    struct buf trace = {0};

    buf_adds(&trace, HEAD);
    for (unsigned i = 4; i < 104; i++)
        buf_addf(&trace, "step %u 1 yield\n", i);
    buf_adds(&trace, END);
    assert_draws(buf_string(&trace), true, "\xe2\x80\xa6 and 54 more steps");
    buf_free(&trace);
}

/* One that says much has the room that the others leave. */
TEST(a_long_label_is_whole_where_there_is_room)
{
    static const char one[] =
        HEAD "step 4 1 print stream=stdout text=\"both done, and 2000 in all of them\"\n" END;

    assert_draws(one, true, ">prints both done, and 2000 in all of them</text>");
}

/* What is cut is counted in columns, and ends with a whole character. */
TEST(long_labels_are_cut_by_columns_where_there_is_none)
{
#define WORD "\xe5\xad\x97\xe5\xad\x97\xe5\xad\x97\xe5\xad\x97\xe5\xad\x97"
#define FIFTY "0123456789012345678901234567890123456789"
#define PRINT "print stream=stdout text=\""
    static const char three[] = HEAD "step 4 1 " PRINT "x\\ty\\tz\\tw\\tv" FIFTY "\"\n"
                                     "step 5 2 " PRINT WORD WORD WORD WORD WORD "\"\n"
                                     "step 6 0 " PRINT FIFTY "\"\n" END;

    assert_draws(three, true, ">prints x\ty\tz\xe2\x80\xa6</text>");
    assert_draws(three, true, WORD "\xe2\x80\xa6</text>");
    assert_draws(three, false, WORD "</text>");
    assert_draws(three, false, FIFTY "</text>");
}

TEST(a_control_character_does_not_reach_the_picture)
{
    assert_draws(HEAD "step 4 1 print stream=stdout text=\"\\u001b[1mhi\" at=\"a.md:9\"\n" END,
                 true, ">prints \xef\xbf\xbd[1mhi</text>");
}

TEST(one_alone_has_a_name_space_and_colours)
{
    struct buf page = {0}, alone = {0};

    assert_true(picture_draw(span_of(HEAD END), false, &page));
    assert_true(picture_draw(span_of(HEAD END), true, &alone));
    assert_null(strstr(buf_string(&page), "<style"));
    assert_non_null(strstr(buf_string(&alone), "xmlns=\"http://www.w3.org/2000/svg\""));
    assert_non_null(strstr(buf_string(&alone), "prefers-color-scheme:dark"));
    buf_free(&page);
    buf_free(&alone);
}

TEST(the_same_trace_makes_the_same_bytes)
{
    struct buf one = {0}, two = {0};

    assert_true(picture_draw(span_of(HEAD END), false, &one));
    assert_true(picture_draw(span_of(HEAD END), false, &two));
    assert_true(span_equal(buf_span(&one), buf_span(&two)));
    buf_free(&one);
    buf_free(&two);
}

TEST(what_is_no_trace_draws_nothing)
{
    static const char *const wrong[] = {"", "trace 2\n", "trace 1\n",
                                        ("trace 1\nprogram \"p\"\n" END),
                                        "trace 1\nthread 0 \"main\"\n"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct buf out = {0};

        assert_false(picture_draw(span_of(wrong[i]), false, &out));
        assert_int_equal(out.len, 0);
    }
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* Closed what it opened, and of what XML may hold (1.0, section 2.2). */
static bool is_whole_picture(struct buf *out)
{
    const char *svg = buf_string(out);

    for (size_t i = 0; i < out->len; i++)
        if ((unsigned char)svg[i] < ' ' && strchr("\t\n\r", svg[i]) == NULL)
            return false;
    return strlen(svg) == out->len && strncmp(svg, "<svg", 4) == 0 &&
           count_of(svg, "<svg") == count_of(svg, "</svg>") &&
           count_of(svg, "<text") == count_of(svg, "</text>");
}

/* Each line of a trace cut short or doubled: no crash, no byte read outside. */
TEST(damaged_traces_are_survived)
{
    static const char trace[] = HEAD "step 4 9 lock mutex=\"m\"\nstep 9 1 lock mutex=\"\nstep 4 1 "
                                     "wait condition=\"c\" mutex=\"m\"\n"
                                     "step 5 2 create thread=77\nwait 9 1 2 3 mutex \"m\"\nwait 1 "
                                     "900 4 2 mutex\nwait 1 5 1 2 x \"y\n"
                                     "thread 7 \"far\"\n" END;

    size_t drawn = 0;

    for (size_t i = 0; i < sizeof trace - 1; i++) {
        struct buf text = {0}, out = {0};

        buf_add(&text, (struct span){trace, i});
        buf_adds(&text, "\n" END);
        picture_draw(buf_span(&text), false, &out);
        assert_true(out.len == 0 || is_whole_picture(&out));
        drawn += out.len > 0;
        buf_free(&text);
        buf_free(&out);
    }
    assert_true(drawn > 0);
}

/* As wherever threads are drawn. */
TEST(each_thread_has_its_colour_and_its_shape)
{
    static const char trace[] = HEAD "step 4 1 yield at=\"a.md:9\"\n" END;

    assert_draws(trace, true, "<g class=\"l0\">");
    assert_draws(trace, true, "<path class=\"t1\" d=\"M");
    assert_draws(trace, true, "v-6h12v12h-12z\"/></g><g class=\"l2\">");
}

/* What main says at the end stands below the lanes of those that are over. */
TEST(last_words_move_no_lane)
{
    static const char over[] = HEAD "step 4 1 exit\nstep 5 2 exit\nstep 6 0 print stream=stdout "
                                    "text=\"a long line at the end\"\n" END;

    assert_draws(over, true, "<text x=\"177\" y=\"20\">add 1</text>");
}

/* From the lane of who wrote it, or from the beginning, beside the words. */
TEST(what_reads_against_time_has_a_dashed_arrow_from_what_it_reads)
{
    static const char written[] = HEAD "step 4 1 write memory=\"x\" value=1 size=4\n"
                                       "step 5 1 write memory=\"x\" value=2 size=4\n"
                                       "step 6 2 read memory=\"x\" value=1 size=4 old from=4\n" END,
                      first[] = HEAD "step 4 1 write memory=\"x\" value=1 size=4\n"
                                     "step 5 2 read memory=\"x\" value=0 size=4 old from=0\n" END,
                      new[] = HEAD "step 4 1 write memory=\"x\" value=1 size=4\n"
                                   "step 5 2 read memory=\"x\" value=1 size=4\n" END;

    assert_draws(written, true, ">reads x: 1, as it was</text>");
    assert_draws(written, true, "stroke-dasharray=\"5 4\" d=\"M170 104V128H");
    assert_draws(first, true, "stroke-dasharray=\"5 4\" d=\"M17 32V104H");
    assert_draws(new, false, "class=\"old\"");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
