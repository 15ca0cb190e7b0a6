int main(void)
{
    zeroth();
    first();
    second();
    third();
    return 0;
}
