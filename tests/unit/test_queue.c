/*
 * lib/queue through its header: what Python's queue.Queue promises, with its
 * shutdown, and what ours adds. Each test's name is the claim.
 */
#define _GNU_SOURCE /* syscall */

#include "queue_check.h"

static struct queue q;

static void open_queue(size_t capacity)
{
    assert_int_equal(queue_init(&q, capacity), 0);
}

static int destroy(void **state)
{
    (void)state;
    return queue_destroy(&q);
}

FIXTURE(NULL, destroy);

static void put(size_t n)
{
    assert_int_equal(queue_try_put(&q, number(n)), 0);
}

static void expect(size_t n)
{
    void *item = &q;

    assert_int_equal(queue_try_get(&q, &item), 0);
    assert_item(item, n);
}

static void expect_empty(int err)
{
    void *item = &q;

    assert_int_equal(queue_try_get(&q, &item), err);
    assert_ptr_equal(item, &q);
}

/* ---- In and out ---- */

TEST(items_come_out_in_the_order_in_which_they_went_in)
{
    open_queue(3);
    for (size_t i = 1; i < 20; i++) { /* around the ring, with one to three in it */
        put(i);
        if (i % 3 != 0)
            put(100 + i);
        expect(i);
        if (i % 3 != 0)
            expect(100 + i);
    }
}

TEST(null_is_an_item)
{
    void *item = &q;

    open_queue(2);
    assert_int_equal(queue_put(&q, NULL, NULL), 0);
    assert_int_equal(queue_get(&q, &item, NULL), 0);
    assert_null(item);
}

TEST(a_bounded_queue_is_full_at_its_capacity)
{
    for (size_t capacity = 1; capacity < 6; capacity++) {
        open_queue(capacity);
        for (size_t i = 0; i < capacity; i++) {
            assert_int_equal(queue_size(&q), i);
            put(i);
        }
        assert_int_equal(queue_try_put(&q, &q), EAGAIN);
        assert_int_equal(queue_size(&q), capacity);
        for (size_t i = 0; i < capacity; i++)
            expect(i);
        assert_int_equal(queue_size(&q), 0);
        assert_int_equal(queue_destroy(&q), 0);
    }
    open_queue(1);
}

TEST(an_unbounded_queue_is_never_full)
{
    size_t in = 0, out = 0;

    open_queue(QUEUE_UNBOUNDED);
    for (size_t size = 1; size < 100000; size *= 3) { /* growing, with its oldest item anywhere */
        while (in - out < size)
            put(in++);
        assert_int_equal(queue_size(&q), size);
        for (size_t i = 0; i < size / 2; i++)
            expect(out++);
    }
    while (out < in)
        expect(out++);
    expect_empty(EAGAIN);
    put(7); /* after its memory went back */
    expect(7);
}

TEST(a_capacity_beyond_all_memory_is_enomem)
{
    struct queue none, same;

    memset(&none, 'x', sizeof none);
    same = none;
    assert_int_equal(queue_init(&none, SIZE_MAX), ENOMEM);
    assert_int_equal(queue_init(&none, SIZE_MAX / 4), ENOMEM);
    assert_int_equal(queue_init(&none, SIZE_MAX / sizeof(void *) + 2), ENOMEM); /* as bytes: 8 */
    assert_memory_equal(&none, &same, sizeof none);
    open_queue(1);
}

/* ---- Not waiting ---- */

TEST(an_empty_queue_gives_eagain_to_those_who_do_not_wait)
{
    open_queue(1);
    expect_empty(EAGAIN);
}

TEST(what_can_be_done_at_once_is_done_after_the_deadline_too)
{
    void *item = NULL;

    open_queue(1);
    assert_int_equal(queue_put(&q, number(1), &long_ago), 0);
    assert_int_equal(queue_put(&q, number(2), &long_ago), ETIMEDOUT);
    assert_int_equal(queue_get(&q, &item, &long_ago), 0);
    assert_item(item, 1);
    assert_int_equal(queue_get(&q, &item, &long_ago), ETIMEDOUT);
    assert_item(item, 1);
}

TEST(no_call_gives_up_before_its_deadline)
{
    struct timespec deadline;
    void *item = &q;
    size_t moved = 77;

    open_queue(1);
    deadline = clock_after_ms(3);
    assert_int_equal(queue_get(&q, &item, &deadline), ETIMEDOUT);
    assert_true(clock_passed(deadline));
    deadline = clock_after_ms(3);
    assert_int_equal(queue_get_many(&q, &item, 1, &moved, &deadline), ETIMEDOUT);
    assert_true(clock_passed(deadline));
    assert_ptr_equal(item, &q);
    assert_int_equal(moved, 77);
    put(1);
    deadline = clock_after_ms(3);
    assert_int_equal(queue_put(&q, item, &deadline), ETIMEDOUT);
    assert_true(clock_passed(deadline));
    deadline = clock_after_ms(3);
    assert_int_equal(queue_join(&q, &deadline), ETIMEDOUT);
    assert_true(clock_passed(deadline));
    assert_int_equal(queue_size(&q), 1);
}

TEST(a_deadline_that_is_no_time_is_einval)
{
    const struct timespec wrong[] = {{1, -1}, {1, 1000000000}, {-1, 0}};
    void *item = &q;
    size_t moved;

    open_queue(2);
    put(1);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(queue_put(&q, &q, &wrong[i]), EINVAL);
        assert_int_equal(queue_get(&q, &item, &wrong[i]), EINVAL);
        assert_int_equal(queue_join(&q, &wrong[i]), EINVAL);
        moved = 77;
        assert_int_equal(queue_get_many(&q, &item, 1, &moved, &wrong[i]), EINVAL);
        assert_int_equal(moved, 77);
        assert_int_equal(queue_put_many(&q, &item, 1, &moved, &wrong[i]), EINVAL);
        assert_int_equal(moved, 0);
    }
    assert_ptr_equal(item, &q);
    assert_int_equal(queue_size(&q), 1);
}

/* ---- Waiting ---- */

TEST(a_get_waits_for_a_put)
{
    struct call get = {.queue = &q, .what = GET};

    open_queue(1);
    begin_to_wait(&get);
    put(5);
    assert_int_equal(end(&get), 0);
    assert_item(get.item, 5);
    assert_int_equal(queue_size(&q), 0);
}

TEST(a_put_waits_for_a_get)
{
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};

    open_queue(1);
    put(1);
    begin_to_wait(&waiting);
    assert_int_equal(queue_size(&q), 1);
    expect(1);
    assert_int_equal(end(&waiting), 0);
    expect(2);
}

TEST(an_item_before_the_deadline_is_got)
{
    struct timespec deadline = clock_after_ms(60000);
    struct call get = {.queue = &q, .what = GET, .deadline = &deadline};

    open_queue(1);
    begin_to_wait(&get);
    put(5);
    assert_int_equal(end(&get), 0);
    assert_item(get.item, 5);
}

TEST(getters_are_served_in_the_order_in_which_they_came)
{
    struct call get[4] = {{.queue = &q}, {.queue = &q}, {.queue = &q}, {.queue = &q}};

    open_queue(2);
    for (int i = 0; i < 4; i++) {
        get[i].what = GET;
        begin_to_wait(&get[i]);
    }
    for (size_t i = 0; i < 4; i++)
        put(i);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(end(&get[i]), 0);
        assert_item(get[i].item, i);
    }
}

TEST(putters_are_served_in_the_order_in_which_they_came)
{
    struct call waiting[4];

    open_queue(1);
    put(0);
    for (size_t i = 0; i < 4; i++) {
        waiting[i] = (struct call){.queue = &q, .what = PUT, .item = number(i + 1)};
        begin_to_wait(&waiting[i]);
    }
    for (size_t i = 0; i < 5; i++)
        expect(i);
    for (int i = 0; i < 4; i++)
        assert_int_equal(end(&waiting[i]), 0);
}

TEST(nobody_overtakes_a_putter_who_waits)
{
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};

    open_queue(1);
    put(1);
    begin_to_wait(&waiting);
    expect(1);
    assert_int_equal(queue_try_put(&q, number(3)), EAGAIN);
    expect(2);
    assert_int_equal(end(&waiting), 0);
}

TEST(nobody_overtakes_a_getter_who_waits)
{
    struct call get = {.queue = &q, .what = GET};

    open_queue(1);
    begin_to_wait(&get);
    put(1);
    expect_empty(EAGAIN);
    assert_int_equal(end(&get), 0);
    assert_item(get.item, 1);
}

TEST(who_gave_up_is_no_longer_in_line)
{
    struct timespec soon = clock_after_ms(20);
    struct call get[3] = {{.queue = &q, .what = GET},
                          {.queue = &q, .what = GET, .deadline = &soon},
                          {.queue = &q, .what = GET}};

    open_queue(1);
    begin_to_wait(&get[0]);
    begin(&get[1]);
    assert_int_equal(end(&get[1]), ETIMEDOUT);
    begin_to_wait(&get[2]);
    put(1);
    put(2);
    assert_int_equal(end(&get[0]), 0);
    assert_int_equal(end(&get[2]), 0);
    assert_item(get[0].item, 1);
    assert_item(get[2].item, 2);
    assert_null(get[1].item);
}

TEST(what_was_not_put_in_time_is_not_in_the_queue)
{
    struct timespec soon = clock_after_ms(20);
    struct call waiting[3] = {{.queue = &q, .what = PUT, .item = number(2)},
                              {.queue = &q, .what = PUT, .item = number(3), .deadline = &soon},
                              {.queue = &q, .what = PUT, .item = number(4)}};

    open_queue(1);
    put(1);
    begin_to_wait(&waiting[0]);
    begin(&waiting[1]);
    assert_int_equal(end(&waiting[1]), ETIMEDOUT);
    begin_to_wait(&waiting[2]);
    expect(1);
    expect(2);
    expect(4);
    expect_empty(EAGAIN);
    assert_int_equal(end(&waiting[0]), 0);
    assert_int_equal(end(&waiting[2]), 0);
}

/* ---- Many at once ---- */

TEST(a_batch_keeps_its_order)
{
    void *in[5], *out[5] = {NULL};
    size_t put_count = 0, got = 0;

    open_queue(5);
    put(9);
    expect(9); /* so that the batch goes around the ring */
    for (size_t i = 0; i < 5; i++)
        in[i] = number(i);
    assert_int_equal(queue_put_many(&q, in, 5, &put_count, NULL), 0);
    assert_int_equal(put_count, 5);
    assert_int_equal(queue_get_many(&q, out, 5, &got, NULL), 0);
    assert_int_equal(got, 5);
    assert_memory_equal(in, out, sizeof in);
}

TEST(a_batch_may_be_larger_than_the_queue)
{
    struct call batch = {.queue = &q, .what = PUT_MANY, .count = 10};

    open_queue(3);
    for (size_t i = 0; i < 10; i++)
        batch.items[i] = number(i);
    begin_to_wait(&batch);
    assert_int_equal(queue_size(&q), 3);
    for (size_t i = 0; i < 10; i++)
        expect(i);
    assert_int_equal(end(&batch), 0);
    assert_int_equal(batch.moved, 10);
}

TEST(a_batch_is_taken_as_far_as_there_are_items)
{
    void *out[4] = {NULL};
    size_t got = 0;

    open_queue(8);
    for (size_t i = 0; i < 6; i++)
        put(i);
    assert_int_equal(queue_get_many(&q, out, 4, &got, NULL), 0);
    assert_int_equal(got, 4);
    assert_item(out[3], 3);
    assert_int_equal(queue_get_many(&q, out, 4, &got, NULL), 0);
    assert_int_equal(got, 2);
    assert_item(out[1], 5);
}

TEST(who_takes_a_batch_gets_what_waits_for_room_too)
{
    struct call waiting[3];
    void *out[10] = {NULL};
    size_t got = 0;

    open_queue(2);
    for (size_t i = 0; i < 2; i++)
        put(i);
    for (size_t i = 0; i < 3; i++) {
        waiting[i] = (struct call){.queue = &q, .what = PUT, .item = number(i + 2)};
        begin_to_wait(&waiting[i]);
    }
    assert_int_equal(queue_get_many(&q, out, 10, &got, NULL), 0);
    assert_int_equal(got, 5);
    for (size_t i = 0; i < 5; i++)
        assert_item(out[i], i);
    for (int i = 0; i < 3; i++)
        assert_int_equal(end(&waiting[i]), 0);
}

TEST(who_waits_for_a_batch_is_content_with_one_item)
{
    struct call get = {.queue = &q, .what = GET_MANY, .count = 8};

    open_queue(4);
    begin_to_wait(&get);
    put(1);
    assert_int_equal(end(&get), 0);
    assert_int_equal(get.moved, 1);
    assert_item(get.items[0], 1);
}

TEST(a_batch_goes_to_those_who_wait_and_the_rest_into_the_queue)
{
    struct call get[2] = {{.queue = &q, .what = GET_MANY, .count = 3}, {.queue = &q, .what = GET}};
    void *in[6];
    size_t put_count;

    open_queue(2);
    begin_to_wait(&get[0]);
    begin_to_wait(&get[1]);
    for (size_t i = 0; i < 6; i++)
        in[i] = number(i);
    assert_int_equal(queue_put_many(&q, in, 6, &put_count, NULL), 0);
    assert_int_equal(end(&get[0]), 0);
    assert_int_equal(end(&get[1]), 0);
    assert_int_equal(get[0].moved, 3);
    assert_item(get[0].items[2], 2);
    assert_item(get[1].item, 3);
    expect(4);
    expect(5);
}

TEST(a_batch_that_is_late_says_how_far_it_got)
{
    void *in[5] = {number(0), number(1), number(2), number(3), number(4)};
    struct timespec soon = clock_after_ms(3);
    size_t put_count = 77;

    open_queue(3);
    assert_int_equal(queue_put_many(&q, in, 5, &put_count, &soon), ETIMEDOUT);
    assert_int_equal(put_count, 3);
    for (size_t i = 0; i < 3; i++)
        expect(i);
    expect_empty(EAGAIN);
}

TEST(a_batch_cut_off_by_closing_says_how_far_it_got)
{
    struct call batch = {.queue = &q, .what = PUT_MANY, .count = 5};

    open_queue(2);
    for (size_t i = 0; i < 5; i++)
        batch.items[i] = number(i);
    begin_to_wait(&batch);
    expect(0);
    queue_close(&q);
    assert_int_equal(end(&batch), EPIPE);
    assert_int_equal(batch.moved, 3);
    expect(1);
    expect(2);
    expect_empty(EPIPE);
}

TEST(a_batch_of_nothing_is_no_work)
{
    void *none[1];
    size_t moved = 77;

    open_queue(1);
    assert_int_equal(queue_put_many(&q, none, 0, &moved, NULL), 0);
    assert_int_equal(moved, 0);
    moved = 77;
    assert_int_equal(queue_get_many(&q, none, 0, &moved, NULL), 0);
    assert_int_equal(moved, 0);
    assert_int_equal(queue_join(&q, NULL), 0);
}

TEST(an_unbounded_queue_takes_a_batch_of_any_size)
{
    enum { SIZE = 5000 };
    static void *in[SIZE];
    size_t put_count;

    open_queue(QUEUE_UNBOUNDED);
    for (size_t i = 0; i < SIZE; i++)
        in[i] = number(i);
    put(1);
    expect(1);
    assert_int_equal(queue_put_many(&q, in, SIZE, &put_count, NULL), 0);
    assert_int_equal(put_count, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        expect(i);
}

/* ---- Done ---- */

TEST(one_task_done_too_many_is_einval)
{
    open_queue(3);
    assert_int_equal(queue_task_done(&q), EINVAL);
    put(1);
    put(2);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
    put(3);
    assert_int_equal(queue_task_done(&q), 0);
}

TEST(joining_waits_for_what_is_taken_but_not_done)
{
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(2);
    assert_int_equal(queue_join(&q, NULL), 0); /* nothing was put */
    put(1);
    put(2);
    expect(1);
    expect(2);
    begin_to_wait(&join);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT);
    assert_int_equal(join.err, -1);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(end(&join), 0);
    assert_int_equal(queue_join(&q, &long_ago), 0); /* and again */
}

TEST(an_item_handed_over_to_one_who_waits_is_to_be_done_too)
{
    struct call get = {.queue = &q, .what = GET};

    open_queue(1);
    begin_to_wait(&get);
    put(1);
    assert_int_equal(end(&get), 0);
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_join(&q, &long_ago), 0);
}

TEST(an_item_counts_only_once_it_is_in_the_queue)
{
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};

    open_queue(1);
    put(1);
    begin_to_wait(&waiting);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_join(&q, &long_ago), 0);
    expect(1); /* lets the other in */
    assert_int_equal(end(&waiting), 0);
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT);
}

TEST(all_who_join_are_woken)
{
    struct call join[3] = {{.queue = &q}, {.queue = &q}, {.queue = &q}};

    open_queue(1);
    put(1);
    for (int i = 0; i < 3; i++) {
        join[i].what = JOIN;
        begin_to_wait(&join[i]);
    }
    assert_int_equal(queue_task_done(&q), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(end(&join[i]), 0);
}

/* ---- Closed ---- */

TEST(a_closed_queue_takes_no_more)
{
    void *item = NULL;
    size_t moved = 77;

    open_queue(2);
    put(1);
    queue_close(&q);
    assert_int_equal(queue_put(&q, &q, NULL), EPIPE);
    assert_int_equal(queue_put(&q, &q, &long_ago), EPIPE);
    assert_int_equal(queue_try_put(&q, &q), EPIPE);
    assert_int_equal(queue_put_many(&q, &item, 1, &moved, NULL), EPIPE);
    assert_int_equal(moved, 0);
    assert_int_equal(queue_size(&q), 1);
}

TEST(a_closed_queue_is_drained_then_epipe)
{
    void *item = &q;
    size_t moved = 77;

    open_queue(3);
    for (size_t i = 0; i < 3; i++)
        put(i);
    queue_close(&q);
    expect(0);
    assert_int_equal(queue_get(&q, &item, NULL), 0);
    assert_item(item, 1);
    assert_int_equal(queue_get_many(&q, &item, 1, &moved, NULL), 0);
    assert_item(item, 2);
    item = &q;
    moved = 77;
    assert_int_equal(queue_get(&q, &item, NULL), EPIPE);
    assert_int_equal(queue_get(&q, &item, &long_ago), EPIPE);
    assert_int_equal(queue_get_many(&q, &item, 1, &moved, NULL), EPIPE);
    expect_empty(EPIPE);
    assert_ptr_equal(item, &q);
    assert_int_equal(moved, 77);
}

TEST(closing_wakes_all_who_wait_for_an_item)
{
    struct call get[3] = {{.queue = &q, .what = GET, .item = &q},
                          {.queue = &q, .what = GET_MANY, .count = 2, .moved = 77},
                          {.queue = &q, .what = GET, .item = &q}};

    open_queue(1);
    for (int i = 0; i < 3; i++)
        begin_to_wait(&get[i]);
    queue_close(&q);
    for (int i = 0; i < 3; i++)
        assert_int_equal(end(&get[i]), EPIPE);
    assert_ptr_equal(get[0].item, &q);
    assert_int_equal(get[1].moved, 77);
}

TEST(closing_wakes_all_who_wait_for_room_and_their_items_stay_out)
{
    struct call waiting[2] = {{.queue = &q, .item = number(2)}, {.queue = &q, .item = number(3)}};

    open_queue(1);
    put(1);
    for (int i = 0; i < 2; i++) {
        waiting[i].what = PUT;
        begin_to_wait(&waiting[i]);
    }
    queue_close(&q);
    for (int i = 0; i < 2; i++)
        assert_int_equal(end(&waiting[i]), EPIPE);
    expect(1);
    expect_empty(EPIPE);
}

TEST(closing_does_not_settle_what_is_unfinished)
{
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(2);
    put(1);
    put(2);
    begin_to_wait(&join);
    queue_close(&q);
    queue_close(&q); /* twice is harmless */
    expect(1);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT);
    expect(2);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(end(&join), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
}

struct dropped {
    size_t count;
    void *items[MANY];
};

static void note(void *item, void *arg)
{
    struct dropped *dropped = arg;

    assert_int_equal(queue_size(&q), 0); /* the queue can be used meanwhile */
    dropped->items[dropped->count++] = item;
}

TEST(closing_now_drops_what_is_in_it_oldest_first)
{
    struct dropped dropped = {0};

    open_queue(4);
    put(8);
    expect(8);
    for (size_t i = 0; i < 4; i++)
        put(i);
    queue_close_now(&q, note, &dropped);
    assert_int_equal(dropped.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_item(dropped.items[i], i);
    expect_empty(EPIPE);
    assert_int_equal(queue_try_put(&q, &q), EPIPE);
    queue_close_now(&q, note, &dropped); /* twice is harmless */
    assert_int_equal(dropped.count, 4);
}

TEST(closing_now_counts_the_dropped_as_done)
{
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(QUEUE_UNBOUNDED);
    put(1);
    put(2);
    begin_to_wait(&join);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(end(&join), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
    queue_close(&q);
}

TEST(closing_now_leaves_what_is_in_hand_to_be_done)
{
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(3);
    for (size_t i = 0; i < 3; i++)
        put(i);
    expect(0);
    begin_to_wait(&join);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(end(&join), 0);
}

TEST(closing_now_forgives_those_who_were_done_too_early)
{
    open_queue(3);
    for (size_t i = 0; i < 3; i++)
        put(i);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), 0);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(queue_join(&q, &long_ago), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
}

TEST(closing_now_wakes_getters_and_putters)
{
    struct call get = {.queue = &q, .what = GET};
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};

    open_queue(1);
    begin_to_wait(&get);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(end(&get), EPIPE);
    assert_int_equal(queue_destroy(&q), 0);
    open_queue(1);
    put(1);
    begin_to_wait(&waiting);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(end(&waiting), EPIPE);
    expect_empty(EPIPE);
}

TEST(a_closed_queue_can_still_be_closed_now)
{
    struct dropped dropped = {0};

    open_queue(2);
    put(1);
    queue_close(&q);
    queue_close_now(&q, note, &dropped);
    assert_int_equal(dropped.count, 1);
    assert_int_equal(queue_join(&q, &long_ago), 0);
}

/* ---- Loops ---- */

TEST(a_loop_takes_all_and_is_done_with_all_until_the_mark)
{
    struct queue_loop loop = {.queue = &q};
    void *item = NULL;
    size_t sum = 0;

    open_queue(5);
    for (size_t i = 1; i <= 3; i++)
        put(i);
    assert_int_equal(queue_put(&q, QUEUE_END, NULL), 0);
    put(4); /* for somebody else */
    while (queue_next(&loop, &item))
        sum += (uintptr_t)item;
    assert_int_equal(sum, 6);
    assert_item(item, 3);
    expect(4);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
}

TEST(one_mark_ends_one_loop)
{
    struct queue_loop first = {.queue = &q}, second = {.queue = &q};
    void *item = &q;

    open_queue(2);
    assert_int_equal(queue_put(&q, QUEUE_END, NULL), 0);
    assert_int_equal(queue_put(&q, QUEUE_END, NULL), 0);
    assert_false(queue_next(&first, &item));
    assert_int_equal(queue_size(&q), 1);
    assert_false(queue_next(&second, &item));
    assert_ptr_equal(item, &q);
    assert_int_equal(queue_join(&q, &long_ago), 0);
}

TEST(a_loop_ends_when_the_queue_is_closed_and_drained)
{
    struct queue_loop loop = {.queue = &q};
    void *item = NULL;

    open_queue(2);
    put(1);
    queue_close(&q);
    assert_true(queue_next(&loop, &item));
    assert_int_equal(queue_join(&q, &long_ago), ETIMEDOUT); /* it is in hand */
    assert_false(queue_next(&loop, &item));
    assert_item(item, 1);
    assert_false(queue_next(&loop, &item));
    assert_int_equal(queue_join(&q, &long_ago), 0);
}

TEST(a_loop_left_early_can_be_done_with_its_item)
{
    struct queue_loop loop = {.queue = &q};
    void *item = NULL;

    open_queue(2);
    put(1);
    put(2);
    assert_true(queue_next(&loop, &item));
    queue_loop_end(&loop);
    queue_loop_end(&loop); /* twice is harmless */
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), EINVAL);
}

/* ---- The end of a queue ---- */

TEST(a_queue_in_which_someone_waits_is_not_destroyed)
{
    struct call get = {.queue = &q, .what = GET};
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(1);
    begin_to_wait(&get);
    assert_int_equal(queue_destroy(&q), EBUSY);
    put(7);
    assert_int_equal(end(&get), 0);
    begin_to_wait(&join);
    assert_int_equal(queue_destroy(&q), EBUSY);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(end(&join), 0);
    put(1);
    begin_to_wait(&waiting);
    assert_int_equal(queue_destroy(&q), EBUSY);
    expect(1);
    assert_int_equal(end(&waiting), 0);
}

static void *finish_one(void *queue)
{
    assert_int_equal(queue_task_done(queue), 0);
    return NULL;
}

/* The last one to be done may still be on its way out of the call. */
TEST(who_has_joined_a_queue_may_destroy_it)
{
    int repeat = getenv("QUEUE_REPEAT") != NULL ? atoi(getenv("QUEUE_REPEAT")) : 100;

    for (int i = 0; i < repeat; i++) {
        struct queue *own = malloc(sizeof *own);
        pthread_t thread;

        assert_non_null(own);
        assert_int_equal(queue_init(own, 1), 0);
        assert_int_equal(queue_try_put(own, NULL), 0);
        assert_int_equal(pthread_create(&thread, NULL, finish_one, own), 0);
        assert_int_equal(queue_join(own, NULL), 0);
        assert_int_equal(queue_destroy(own), 0);
        memset(own, 0xa5, sizeof *own);
        free(own);
        pthread_join(thread, NULL);
    }
    open_queue(1);
}

/* ---- Signals and cancellation ---- */

static atomic_int signals;

static void count_signal(int signal)
{
    (void)signal;
    atomic_fetch_add(&signals, 1);
}

static void interrupt(struct call *c)
{
    struct sigaction action = {.sa_handler = count_signal}; /* no SA_RESTART */

    sigaction(SIGUSR1, &action, NULL);
    for (int i = 0; i < 20; i++) {
        int before = atomic_load(&signals);

        wait_until_it_waits(c);
        pthread_kill(c->thread, SIGUSR1);
        while (atomic_load(&signals) == before)
            sched_yield();
    }
    wait_until_it_waits(c);
}

TEST(a_signal_runs_its_handler_and_the_call_waits_on)
{
    struct timespec deadline = clock_after_ms(60000);
    struct call get = {.queue = &q, .what = GET, .deadline = &deadline};
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};
    struct call join = {.queue = &q, .what = JOIN};

    open_queue(1);
    begin_to_wait(&get);
    interrupt(&get);
    put(1);
    assert_int_equal(end(&get), 0);
    assert_int_equal(queue_task_done(&q), 0);
    put(1);
    begin_to_wait(&waiting);
    interrupt(&waiting);
    begin_to_wait(&join);
    interrupt(&join);
    expect(1);
    assert_int_equal(end(&waiting), 0);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(queue_task_done(&q), 0);
    assert_int_equal(end(&join), 0);
}

TEST(a_cancelled_thread_first_finishes_its_call)
{
    struct call get = {.queue = &q, .what = GET};
    struct call waiting = {.queue = &q, .what = PUT, .item = number(2)};

    open_queue(1);
    begin_to_wait(&get);
    pthread_cancel(get.thread);
    wait_until_it_waits(&get);
    put(1);
    assert_int_equal(end(&get), 0);
    assert_item(get.item, 1);
    put(1);
    begin_to_wait(&waiting);
    pthread_cancel(waiting.thread);
    wait_until_it_waits(&waiting);
    expect(1);
    assert_int_equal(end(&waiting), 0);
    expect(2);
}

int main(void)
{
    limit_time();
    return tests_run(NULL, NULL);
}
