int main(void)
{
    first();
    second();
    <<worc>>
    return 0;
}
