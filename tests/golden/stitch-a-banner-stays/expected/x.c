/* Written by heddle tangle from chapters/10-a.md: edit it there.
 * GPL */
int main(void)
{
    first();
    second();
    return 0;
}
