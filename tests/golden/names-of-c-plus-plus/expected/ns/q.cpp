#include <cstdio>
int pushed;
int y;
int main() { std::puts("x"); }
