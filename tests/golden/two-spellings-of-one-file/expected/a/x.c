int first;
int second;
int third;
int fourth;
