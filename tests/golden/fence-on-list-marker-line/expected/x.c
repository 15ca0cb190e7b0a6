int x;
  int indented;
int y;
int z;
