void x(void)
{
    begin_first();
    second();
}
