/*
 * The web of chunks: what each name holds, what uses what, which files and
 * programs come of it, and which outputs the chapters promise.
 *
 * Built once from all chapters of a book, in order, and read-only afterwards:
 * then any number of threads may read it.
 *
 * The room web: the blocks of all chapters become chunks, files and programs.
 */
#ifndef HEDDLE_WEB_WEB_H
#define HEDDLE_WEB_WEB_H

#include "heddle/base/table.h"
#include "heddle/read/markdown.h"

struct chunk;

/* A line <<name>> of a code block, or \<<name>>, which stands for itself. */
struct use {
    struct chunk *chunk; /* NULL: undefined (reported), or escaped */
    bool escaped;
    struct span name;
    unsigned index;     /* the block's line, from 0 */
    struct span indent; /* the blanks before it */
};

/* One code block, as a piece of a chunk (or alone, when it is a fragment). */
struct part {
    const struct chapter *chapter;
    const struct block *block;
    struct chunk *chunk; /* NULL for .fragment and .compile-fail blocks */
    struct use *uses;
    size_t use_count;
    struct part *next; /* continues the chunk */
};

struct chunk {
    struct span name; /* the id, or the file's path when it has none */
    size_t index;     /* in web->chunks */
    struct part *first, *last;
    const struct chunk *exercise; /* of an answer's program: whose blocks these are; or NULL */
    struct part **users;          /* parts whose lines refer to this chunk, each once */
    size_t user_count;
    bool has_target;
    bool reached;      /* goes into a file or a fragment */
    bool in_c;         /* goes into a file that gets #line */
    size_t cost;       /* bounds the bytes of either twin; saturates */
    size_t line_count; /* when expanded; saturates */
};

/* A file below code/. */
struct target {
    struct span path;
    struct chunk *chunk;
    const struct part *part;  /* the block that names it */
    unsigned mode;            /* 0644 unless mode= says otherwise */
    bool mode_given;          /* it does */
    bool program;             /* .program: build/bin/NAME, or a script */
    struct span interpreter;  /* of a script: run="python3 -u", or its line #! */
    struct span name;         /* the path's last piece without its extension */
    struct span link, cflags; /* link="crypto", cflags="..." */
    bool c;                   /* C or C++: its annotated twin gets #line */
    bool in_make;             /* its path means nothing else to Make and the shell */
    struct span banner;       /* its first lines, see banner.h; mostly empty */
};

enum snippet_kind {
    SNIPPET_OUTPUT,
    SNIPPET_OUTCOMES,
    SNIPPET_FRAGMENT,
    SNIPPET_COMPILE_FAIL,
    SNIPPET_FIGURE
};

/* What a doc test looks at. */
struct snippet {
    enum snippet_kind kind;
    const struct part *part;
    const struct target *program; /* of=, of the first two kinds and figures; else NULL */
    const struct block *expected; /* compile-fail: the output block behind it */
};

struct web {
    struct arena arena;
    struct chapter *chapters;
    size_t chapter_count;
    struct table names;    /* name -> struct chunk */
    struct chunk **chunks; /* in order of first definition */
    size_t chunk_count;
    struct table paths;      /* path -> struct target */
    struct target **targets; /* in order of definition */
    size_t target_count;
    struct table programs; /* program name -> struct target */
    struct snippet *snippets;
    size_t snippet_count;
    struct part ***parts; /* [chapter][block]: the part it is, or NULL */
};

/* Give back the web and all its chapters. */
void web_free(struct web *web);

/* The part that a code block is, or NULL (plain code, output blocks). */
struct part *web_part(const struct web *web, const struct chapter *chapter,
                      const struct block *block);

/* A line is a use when it is blanks, <<name>> or \<<name>>, blanks. Sets the
 * use's name, indent and escaped. */
bool use_read(struct span line, struct use *use);

/* A use with its marks, for carets. */
struct span use_span(const struct use *use);

/* The name in a part's heading, for carets: its #id or file=. */
struct span part_name_span(const struct part *part);

/* Where that is. */
struct place part_place(const struct part *part);

/* Is it made by the C++ compiler? */
bool target_is_plus_plus(const struct target *target);

/* Where a file's path is said, for carets: its file=, or the name of an answer. */
struct span target_path_span(const struct target *target);

/* Where a file is named, for messages about it. */
struct place target_place(const struct target *target);

#endif
