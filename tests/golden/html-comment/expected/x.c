/* <!-- not a comment here */
int x;
/* --> */
