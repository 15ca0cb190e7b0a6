static int main(void)
{
    first();
    third();
    return 0;
}
