int main(void) {
  first();
  second();
  if (y)
    third(a, b);
  if (x) {
    return 0;
  }
}
