int main(void)
{
    int nested;
      int deeper;
    int tabbed;

    return 0;
}
