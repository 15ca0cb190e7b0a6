three();
two();
  five();
zero();
