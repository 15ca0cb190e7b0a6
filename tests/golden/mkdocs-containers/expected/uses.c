void uses(void)
{
    part();
      deeper();
}
