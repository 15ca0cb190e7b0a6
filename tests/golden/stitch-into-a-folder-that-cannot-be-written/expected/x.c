int main(void)
{
    first();
    third();
}
