int main(void)
{
    f();

    g();
    return 0;
}
