int x;
int more;
