int main(void)
{
    first();
    second();
    return 0;
}
