int x;

  int y;
