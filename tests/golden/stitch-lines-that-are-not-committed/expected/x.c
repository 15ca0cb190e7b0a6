int main(void)
{
    primo();
    third();
    return 0;
}
