{
  int x;

  	int y;
}
