int x;
one();
one();
}
}
int x;
