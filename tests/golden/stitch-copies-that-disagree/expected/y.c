{
  first();
  zwei();
}
