int f(void)
{
        int y = two;
            int z = three;
    return one;
}
