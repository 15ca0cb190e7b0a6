int x;
int mine;
