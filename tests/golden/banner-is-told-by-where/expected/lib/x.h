/* Written by heddle tangle from chapters/20-b.md: edit it there.
 * From a book, MIT licence. */
int x(void);
