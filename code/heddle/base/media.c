#include "heddle/base/media.h"

#include <string.h>
#include <strings.h>

static bool ends_in_any_case(struct span path, const char *end)
{
    size_t len = strlen(end);

    return path.len >= len && strncasecmp(path.ptr + path.len - len, end, len) == 0;
}

const char *media_type(struct span path)
{
    static const char *const types[][2] = {
        {".html", "text/html"},  {".css", "text/css"},          {".js", "text/javascript"},
        {".png", "image/png"},   {".jpg", "image/jpeg"},        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},   {".svg", "image/svg+xml"},     {".webp", "image/webp"},
        {".avif", "image/avif"}, {".bmp", "image/bmp"},         {".mp4", "video/mp4"},
        {".webm", "video/webm"}, {".ogv", "video/ogg"},         {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},   {".wav", "audio/wav"},         {".m4a", "audio/mp4"},
        {".vtt", "text/vtt"},    {".json", "application/json"}, {".woff2", "font/woff2"}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends_in_any_case(path, types[i][0]))
            return types[i][1];
    return NULL;
}
