int main(void)
{
    for (;;) {
        if (x) {

          f();

          g();
        }
        if (x) {

          f();

          g();
        }
    }
}
