void x(void)
{
    play();
}
