void x(void)
{
    int more;
    first();
    second();
}
