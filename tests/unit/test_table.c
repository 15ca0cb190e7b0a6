#include "check.h"

#include "heddle/base/table.h"

static int one, two;

TEST(empty_table_has_nothing)
{
    struct table table = {0};
    struct span nearest;

    assert_null(table_get(&table, span_of("a")));
    assert_false(table_nearest(&table, span_of("a"), &nearest));
    table_free(&table);
}

TEST(put_makes_an_empty_slot_once)
{
    struct table table = {0};
    void **slot = table_put(&table, span_of("key"));

    assert_null(*slot);
    *slot = &one;
    assert_ptr_equal(*table_put(&table, span_of("key")), &one);
    assert_int_equal(table.count, 1);
    assert_ptr_equal(table_get(&table, span_of("key")), &one);
    assert_null(table_get(&table, span_of("ke")));
    assert_null(table_get(&table, span_of("key2")));
    table_free(&table);
}

TEST(keys_may_hold_any_bytes)
{
    struct table table = {0};

    *table_put(&table, (struct span){"a\0b", 3}) = &one;
    *table_put(&table, (struct span){"a\0c", 3}) = &two;
    *table_put(&table, (struct span){"", 0}) = &two;
    assert_ptr_equal(table_get(&table, (struct span){"a\0b", 3}), &one);
    assert_ptr_equal(table_get(&table, (struct span){"a\0c", 3}), &two);
    assert_ptr_equal(table_get(&table, (struct span){"", 0}), &two);
    assert_null(table_get(&table, span_of("a")));
    table_free(&table);
}

static int compare_hashes(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static size_t count_hashes(const struct table *table)
{
    uint32_t *hashes = malloc((table->count + 1) * sizeof *hashes);
    size_t count = 0, distinct = 0;

    assert_non_null(hashes);
    for (size_t i = 0; i < table->cap; i++)
        if (table->slots[i].ptr != NULL)
            hashes[count++] = table->slots[i].hash;
    qsort(hashes, count, sizeof *hashes, compare_hashes);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || hashes[i] != hashes[i - 1];
    free(hashes);
    return distinct;
}

/* Pairs of words that a multiplying hash cannot tell from their originals,
 * whatever its seed: flipping these bits undoes itself. All 4,096 keys of
 * twelve pairs had one hash, and a table of them was a list. */
TEST(keys_made_to_collide_do_not)
{
    enum { PAIRS = 12, COUNT = 1 << PAIRS };
    static uint64_t keys[COUNT][PAIRS][2];
    struct table table = {0};

    for (size_t i = 0; i < COUNT; i++) {
        for (size_t pair = 0; pair < PAIRS; pair++) {
            bool flipped = (i >> pair & 1) != 0;

            keys[i][pair][0] = flipped ? UINT64_C(0x8000000080000000) : 0;
            keys[i][pair][1] = flipped ? UINT64_C(0x8000000400000000) : 0;
        }
        *table_put(&table, (struct span){(const char *)keys[i], sizeof keys[i]}) = keys[i];
    }
    assert_int_equal(table.count, COUNT);
    assert_true(count_hashes(&table) > COUNT - 100);
    table_free(&table);
}

/* Names as books have them: numbered, and all with the same beginning. */
TEST(many_ordered_names_are_all_found)
{
    enum { COUNT = 200000, WIDTH = 24 };
    static char names[COUNT][WIDTH];
    struct table table = {0};

    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], WIDTH, "chunk-%06d", i);
        *table_put(&table, span_of(names[i])) = names[i];
    }
    assert_int_equal(table.count, COUNT);
    assert_true(table.count * 4 <= table.cap * 3);
    assert_true((table.cap & (table.cap - 1)) == 0);
    for (int i = 0; i < COUNT; i++) {
        char copy[WIDTH];

        memcpy(copy, names[i], WIDTH);
        assert_ptr_equal(table_get(&table, span_of(copy)), names[i]);
    }
    assert_null(table_get(&table, span_of("chunk-200000")));
    table_free(&table);
}

TEST(nearest_is_within_two_edits)
{
    struct table table = {0};
    struct span nearest;

    *table_put(&table, span_of("wait-for-an-item")) = &one;
    *table_put(&table, span_of("take-oldest")) = &one;
    assert_true(table_nearest(&table, span_of("wait-for-a-item"), &nearest));
    assert_span(nearest, "wait-for-an-item");
    assert_true(table_nearest(&table, span_of("tak-odlest"), &nearest));
    assert_span(nearest, "take-oldest");
    assert_false(table_nearest(&table, span_of("tk-odlst"), &nearest));
    table_free(&table);
}

TEST(nearest_prefers_fewer_edits)
{
    struct table table = {0};
    struct span nearest;

    *table_put(&table, span_of("item-10")) = &one;
    *table_put(&table, span_of("item-x1y")) = &one;
    *table_put(&table, span_of("item-11")) = &one;
    assert_true(table_nearest(&table, span_of("item-1"), &nearest));
    assert_true(span_is(nearest, "item-10") || span_is(nearest, "item-11"));
    assert_true(table_nearest(&table, span_of("item-x1"), &nearest));
    assert_span(nearest, "item-x1y");
    table_free(&table);
}

/* Two edits of three letters make any word of any other. */
TEST(short_names_allow_one_edit)
{
    struct table table = {0};
    struct span nearest;

    *table_put(&table, span_of("abc")) = &one;
    assert_true(table_nearest(&table, span_of("abd"), &nearest));
    assert_false(table_nearest(&table, span_of("add"), &nearest));
    table_free(&table);
}

/* The same answer however the keys were put in and whatever the seed. */
TEST(nearest_does_not_depend_on_order)
{
    static const char *const names[] = {"case-a", "case-b", "case-c", "case-d", "case-e"};
    enum { COUNT = sizeof names / sizeof *names };
    struct span first = {0};

    for (size_t shift = 0; shift < COUNT; shift++) {
        struct table table = {0};
        struct span nearest;

        for (size_t i = 0; i < COUNT; i++)
            *table_put(&table, span_of(names[(i + shift) % COUNT])) = &one;
        assert_true(table_nearest(&table, span_of("case-x"), &nearest));
        if (shift == 0)
            first = nearest;
        assert_true(span_equal(first, nearest));
        table_free(&table);
    }
}

int main(void)
{
    return tests_run(NULL, NULL);
}
