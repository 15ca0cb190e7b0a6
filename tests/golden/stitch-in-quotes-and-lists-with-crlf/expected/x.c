int a;

int c;
int b2;
