int main(void)
{
    first();
    2nd();
    return 0;
}
