int last;
