#!/bin/sh
# Whoever speaks of a tangled program speaks of the chapter: the compiler (line
# and column), an assertion, AddressSanitizer, gdb.
set -u

heddle=$(realpath "${HEDDLE:-build/bin/heddle}")
cc=${CC:-cc}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
failed=0

# check NAME PATTERN FILE: the file holds a line of that (basic) pattern
check() {
    if grep -q -- "$2" "$3"; then
        echo "ok $1"
    else
        echo "not ok $1: expected $2 in:"
        cat "$3"
        failed=1
    fi
}

# book LINE: a chapter whose chunk, indented where it is used, holds LINE as
# its line 7, and a list item that holds the rest of the program
book() {
    mkdir -p chapters
    cat >chapters/01-wrong.md <<END
# What goes wrong {#wrong}

A chunk that goes wrong when there is an argument.

\`\`\`c {#go-wrong}
if (argc > 1)
    $1
\`\`\`

- The program stands in a list, so the fence is indented.

  \`\`\`c {file=items/wrong.c .program}
  #include <assert.h>
  #include <stdlib.h>

  int main(int argc, char **argv)
  {
      int *cells = malloc(4 * sizeof *cells);

      (void)argv;
      if (cells == NULL)
          return 1;
      {
          <<go-wrong>>
      }
      free(cells);
      return 0;
  }
  \`\`\`
END
    "$heddle" tangle --quiet || failed=1
}

build() {
    $cc -std=c17 -g -O0 -Ibuild/annotated "$@" -o wrong build/annotated/items/wrong.c 2>log
}

book 'cells = undeclared;'
build
check compile_error_names_line_and_column '^chapters/01-wrong.md:7:13: error:' log

book 'return cells + ;'
build
check column_is_the_chapters '^chapters/01-wrong.md:7:20: error:' log

book 'assert(argc == 1);'
build
./wrong now >log 2>&1
check assertion_names_the_chapter 'chapters/01-wrong.md:7: ' log

book 'cells[4] = 1;'
if build -fsanitize=address; then
    ./wrong now >log 2>&1
    check address_sanitizer_names_the_chapter 'chapters/01-wrong.md:7' log
else
    cat log
    failed=1
fi

book 'cells[0] = 1;'
build
if command -v gdb >/dev/null 2>&1; then
    gdb -q -nx -batch -ex 'set debuginfod enabled off' -ex 'break chapters/01-wrong.md:7' \
        -ex 'run now' -ex 'list 7,7' -ex 'info symbol $pc' ./wrong >log 2>&1
    check gdb_breaks_at_the_chapter 'Breakpoint 1, main .*chapters/01-wrong.md:7' log
    check gdb_lists_the_chapter '^7.*cells\[0\] = 1;' log
else
    echo "not checked, there is no gdb: gdb_breaks_at_the_chapter, gdb_lists_the_chapter"
    test $failed = 0 && exit 77
fi
exit $failed
