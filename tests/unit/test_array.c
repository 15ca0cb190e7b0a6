#include "check.h"

#include "heddle/base/array.h"
#include "heddle/base/text.h"

enum { COUNT = 1000 };

TEST(pushed_elements_keep_their_values_and_order)
{
    size_t *list = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < COUNT; i++)
        *ARRAY_PUSH(list, count, cap) = i * i;
    assert_int_equal(count, COUNT);
    assert_true(cap >= COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(list[i], i * i);
    free(list);
}

/* Else a million pushes would copy half a million times a million elements. */
TEST(room_doubles_so_that_few_pushes_move_the_list)
{
    char *list = NULL;
    size_t count = 0, cap = 0, before = 0, grown = 0;

    for (size_t i = 0; i < COUNT; i++) {
        *ARRAY_PUSH(list, count, cap) = 'x';
        grown += cap != before;
        before = cap;
    }
    assert_true(grown <= 10);
    free(list);
}

TEST(lists_in_an_arena_grow_as_well)
{
    struct arena arena = {0};
    struct span *list = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < COUNT; i++)
        ARRAY_PUSH_IN(&arena, list, count, cap)->len = i;
    assert_int_equal(count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(list[i].len, i);
    arena_free(&arena);
}

TEST(taken_buffers_are_empty_and_their_text_stays)
{
    struct arena arena = {0};
    struct buf buf = {0};
    struct span text;

    buf_adds(&buf, "kept");
    text = buf_take(&buf, &arena);
    assert_null(buf.ptr);
    assert_int_equal(buf.len, 0);
    assert_string_equal(text.ptr, "kept");
    assert_int_equal(text.len, 4);
    assert_string_equal(buf_take(&buf, &arena).ptr, "");
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
