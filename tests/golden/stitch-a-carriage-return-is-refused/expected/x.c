int main(void)
{
    fist();
}
