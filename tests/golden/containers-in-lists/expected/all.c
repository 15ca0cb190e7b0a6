int one;
int one_more;
int two;
int three;
  /* deeper */
int four;
int five;
int six;
