/* a comment with
"two"

"three"
inside */
static const char *text = "one"
    "two"

    "three"
    ;
#ifdef NEVER
"two"

"three"
#endif
#define TWICE(x) \
    ((x) + \
     (x))
int after = TWICE(2);
