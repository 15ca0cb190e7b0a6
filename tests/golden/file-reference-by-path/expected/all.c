  int a;
