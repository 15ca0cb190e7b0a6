int main(void)
{
    first();
    <<work>>
    second();
    return 0;
}
