#include "heddle/web/title.h"

#include <string.h>

#include "heddle/read/front_matter.h"

struct span web_front_value(const struct web *web, const char *key)
{
    for (size_t i = 0; i < web->chapter_count; i++) {
        struct span value = front_matter_value(web->chapters[i].front_matter, key);

        if (value.len > 0)
            return value;
    }
    return span_of("");
}

static struct span first_heading(const struct chapter *chapter)
{
    for (size_t i = 0; i < chapter->block_count; i++)
        if (chapter->blocks[i].kind == BLOCK_HEADING) {
            struct span text = chapter->blocks[i].info;
            const char *brace = memchr(text.ptr, '{', text.len);

            return span_trim(brace != NULL ? span_between(text.ptr, brace) : text);
        }
    return span_of("");
}

struct span web_title(const struct web *web)
{
    struct span title = web_front_value(web, "title");

    for (size_t i = 0; title.len == 0 && i < web->chapter_count; i++)
        title = web->chapters[i].title;
    if (title.len > 0 || web->chapter_count == 0)
        return title;
    return first_heading(&web->chapters[0]);
}
