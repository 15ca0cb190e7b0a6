int main(void)
{
    first();
    second();
    tail();
    return 0;
}
