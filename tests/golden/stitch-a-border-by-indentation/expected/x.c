int main(void)
{
    first();
    second();
out:
    return 0;
}
