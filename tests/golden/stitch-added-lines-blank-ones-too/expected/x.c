int main(void)
{
    first();

    more();

    second();
    return 0;
}
