{
  first();
  2nd();
}
