{
  first();
  second();
}
