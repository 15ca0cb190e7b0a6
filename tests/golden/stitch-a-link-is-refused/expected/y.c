long y;
