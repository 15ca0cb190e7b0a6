  a

  b
