#line 2 "chapters/10-a.md"
int x;
