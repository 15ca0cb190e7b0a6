int main(void) { puts("hi"); <<nope>> }
int f(void) { <<body>> }
f(1, <<body>>);
<<body>> // here
return 0;
