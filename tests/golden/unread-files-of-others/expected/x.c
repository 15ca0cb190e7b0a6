  --8<-- "x.c"
int x;
