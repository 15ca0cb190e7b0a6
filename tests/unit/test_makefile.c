/*
 * What Make is told of a book.
 */
#include "book.h"

#include "heddle/tangle/makefile.h"

static void assert_told(const char *chapter, const char *const lines[])
{
    struct buf out = {0};
    struct book book;

    book_make_one(&book, chapter);
    assert_true(book.good);
    makefile_write(&book.web, NULL, &out);
    for (size_t i = 0; lines[i] != NULL; i++)
        if (strstr(buf_string(&out), lines[i]) == NULL)
            fail_msg("there is no %s", lines[i]);
    buf_free(&out);
    book_free(&book);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Of a name with blanks or signs of Make's own, nothing; of others, as they are. */
TEST(make_is_told_of_no_name_that_it_would_misread)
{
    struct buf out = {0};
    struct book book;

    book_make_one(&book, "```c {file=\"mis read.c\"}\nint x;\n```\n\n"
                         "```c {file=\"mis$(read).c\"}\nint y;\n```\n\n"
                         "```c {file=plain-1+2,3@4.c}\nint z;\n```\n");
    assert_true(book.good);
    makefile_write(&book.web, NULL, &out);
    assert_null(strstr(buf_string(&out), "mis"));
    assert_non_null(
        strstr(buf_string(&out), "\nBOOK_OBJECTS := \\\n\t$(BOOK_OUT)/obj/plain-1+2,3@4.o\n"));
    buf_free(&out);
    book_free(&book);
}

TEST(a_program_is_no_part_of_the_library)
{
    assert_told("```c {.program file=a/b.c}\nint x;\n```\n\n```c {file=c.c}\nint y;\n```\n\n"
                "```c {file=d.h}\nint z;\n```\n",
                LINES("\nBOOK_OBJECTS := \\\n\t$(BOOK_OUT)/obj/c.o\nBOOK_PROGRAM_OBJECTS := "
                      "\\\n\t$(BOOK_OUT)/obj/a/b.o\nBOOK_PROGRAMS := \\\n\t$(BOOK_OUT)/bin/b\n",
                      "\n$(BOOK_OUT)/bin/b: $(BOOK_OUT)/obj/a/b.o $(call book-linked,b)\n"));
}

TEST(what_a_program_links_is_a_library_or_an_option)
{
    assert_told("```c {.program file=a.c link=\"m  crypto -static\"}\nint x;\n```\n",
                LINES("\n$(BOOK_OUT)/bin/a: BOOK_LINK = -lm -lcrypto -static\n",
                      "\n$(BOOK_EXPLORE_OUT)/explore/a: BOOK_LINK = -lm -lcrypto -static\n"));
}

TEST(a_sanitizer_of_its_own_is_linked_and_alone)
{
    assert_told("```c {.program file=a.c cflags=\"-O2 -fsanitize=thread\"}\nint x;\n```\n",
                LINES("\n$(BOOK_OUT)/bin/a: BOOK_LINK = -fsanitize=thread\n"
                      "$(BOOK_OUT)/obj/a.o: BOOK_EXTRA =  -O2 -fsanitize=thread\n"
                      "$(BOOK_OUT)/bin/a $(BOOK_OUT)/obj/a.o: private override BOOK_SANITIZE =\n"));
}

/* A recipe's words go through Make and the shell. */
TEST(words_for_an_explored_program_stay_as_they_are)
{
    assert_told("```c {.program file=a.c}\nint x;\n```\n\n"
                "```outcomes {of=a args=\"it\\\\'s '$HOME'\"}\nexit 0\n```\n",
                LINES(" $< -- 'it'\\''s' '$$HOME'\n"));
}

int main(void)
{
    return tests_run(NULL, NULL);
}
