#!/bin/sh
# heddle explore FILE.c: a program of no book is built and explored, and nothing is
# written where its files are.
set -u
. tests/checks/begin.sh
unset XDG_CACHE_HOME CC CXX

# The explorer is linked already; a rule that would make it is looked at below.
ln -s "$here" "$top/tree"
export MAKEFLAGS=" -- BOOK_EXPLORER_OBJECTS= BOOK_EXPLORER_OBJECT=$top/tree/build/obj/explorer.o"

# explored CLAIM STATUS TEXT ARGUMENT...: it ends so, and says so.
explored() {
	name=$1 wanted=$2 text=$3
	shift 3
	"$heddle" explore "$@" >"$top/said" 2>&1
	status=$?
	grep -qF -- "$text" "$top/said" && [ "$status" = "$wanted" ]
	claim "$name: status $wanted, and it says $text (the status was $status)" $?
}

mkdir -p "$top/a place/inc" && cd "$top/a place" || exit 2
cat >inc/count.h <<'END'
extern int count;
void *add(void *step);
END
cat >count.c <<'END'
#include "count.h"
int count;
void *add(void *step)
{
    count = count + *(int *)step;
    return step;
}
END
cat >'the main.c' <<'END'
#include "count.h"
#include <pthread.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    pthread_t one, two;
    int step = STEP;

    pthread_create(&one, NULL, add, &step);
    pthread_create(&two, NULL, add, &step);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%s, %s: %d\n", argc > 1 ? argv[1] : "", NAME, count);
    return 0;
}
END
cat >locked.c <<'END'
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int turn;
static void *take(void *mine)
{
    pthread_mutex_lock(&lock);
    *(int *)mine = turn++;
    pthread_mutex_unlock(&lock);
    return mine;
}
int main(void)
{
    pthread_t threads[4];
    int got[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, take, &got[i]);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d %d %d\n", got[0], got[1], got[2], got[3]);
    return 0;
}
END
sed 's/turn++;/turn++/' locked.c >broken.c
echo 'int compress(void); int main(void) { return compress(); }' >nobody.c
cat >locked.cc <<'END'
#include <cstdio>
#include <mutex>
#include <thread>
static int count;
static std::mutex mutex;
static void add()
{
    std::lock_guard<std::mutex> guard(mutex);
    count++;
}
int main()
{
    std::thread one(add), two(add);
    one.join();
    two.join();
    std::printf("%d\n", count);
}
END
find . | LC_ALL=C sort >"$top/before"

flags="-Iinc -DSTEP=2 '-DNAME=\"a name\"' -O2"
explored "two files, with a race" 1 'data race on count: add 1 writes it at count.c:5,' --cflags "$flags" 'the main.c' count.c -- own.c
explored "its own words, and flags with blanks" 1 '| own.c, a name: 4' --cflags "$flags" 'the main.c' count.c -- own.c
explored "one file without one" 0 'locked.c: 24 outcomes, 24 runs' locked.c
explored "what is assumed" 0 "assumed: C's memory model; time at will" locked.c
explored "one schedule" 0 '0 1 2 3' --replay 0x4,1x4,0,2x4,0,3x4,0,4x4,0x9 locked.c
explored "a file with a fault" 2 "broken.c:8:" broken.c
explored "and what that comes to" 2 'heddle: error: "broken.c" cannot be built to be explored' broken.c
explored "a function of no file" 2 "undefined reference to \`compress'" nobody.c
explored "no file" 2 'heddle: error: cannot read none.c: No such file or directory' none.c
if command -v g++ >"$top/said"; then
	explored "a file in C++" 0 'locked.cc: 1 outcome, 2 runs' locked.cc
fi
${CC:-cc} -pthread -o "$top/plain" locked.c
explored "what is compiled for other purposes" 2 'was not compiled to be explored' "$top/plain"
explored "no such program" 2 "cannot read $top/gone" "$top/gone"
find . | LC_ALL=C sort >"$top/after"
same "what lies beside the files" "$(diff "$top/before" "$top/after")" ""

# What was built of a file is never taken for what it is now.
cp locked.c "$top/changing.c"
explored "a file" 0 '24 outcomes' "$top/changing.c"
cp broken.c "$top/changing.c"
explored "the same one, broken" 2 'cannot be built' "$top/changing.c"
cp locked.c "$top/changing.c"
sed -i 's/turn++/turn \&\& turn++/' "$top/changing.c"
explored "and another way" 0 ': 1 outcome' "$top/changing.c"

# Several at once, that build the same.
for shard in 1 2 3 4; do
	"$heddle" explore --shard $shard/4 --keep "$top/part-$shard" locked.c >"$top/said.$shard" 2>&1 &
done
wait
explored "what four have explored" 0 'locked: 24 outcomes' --merge "$top/part-1" "$top/part-2" "$top/part-3" "$top/part-4"

# In a book, a file is that file and no program of the book.
mkdir -p "$top/book/chapters" "$top/book/sub" && cp locked.c "$top/book/sub" && echo '# A book' >"$top/book/chapters/1.md"
cd "$top/book/sub" || exit 2
explored "a file below a book" 0 'locked.c: 24 outcomes' locked.c
explored "flags of a program of the book" 2 'cflags= and link= in its chapter' --cflags -DX program
same "and it is made where all are" "$(ls -A "$top/book")" "chapters
sub"

# The cache: where it is, and that it does not grow for ever.
cache=$(echo "$top"/.cache/heddle/*)
for old in $(seq 40); do
	mkdir "$cache/programs/$old" && touch -d 2001-01-01 "$cache/programs/$old"
done
XDG_CACHE_HOME=relative explored "a cache on a relative path is none" 0 '24 outcomes' locked.c
same "so many programs are kept" "$(find "$cache/programs" -mindepth 1 -maxdepth 1 | wc -l)" 32
XDG_CACHE_HOME=$top/cache explored "another cache" 0 '24 outcomes' locked.c
count "it is used" test -d "$top/cache/heddle"
(
	unset HOME
	failed=0
	explored "no home at all" 2 'set HOME or XDG_CACHE_HOME' locked.c
	[ "$failed" = 0 ]
)
claim "no home at all" $?

# The explorer would be compiled there: each of its files.
unset MAKEFLAGS
same "files of the explorer" \
	"$(make -n -C "$cache" -f loose.mk BOOK_EXPLORE_OUT=. BOOK_EXPLORER="$top/tree/code/explore" book-loose | grep -c ' -c -o obj/explorer/\| -c -o ./obj/explorer/')" \
	"$(find "$here/code/explore" -name '*.c' | wc -l)"
finish
