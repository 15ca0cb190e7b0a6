{
  begin_first();
  second();
}
