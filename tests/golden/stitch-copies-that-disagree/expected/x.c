void x(void)
{
    first();
    2nd();
}
