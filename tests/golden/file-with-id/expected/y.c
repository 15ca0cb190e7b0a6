/* copy: */
int x;
int more;
