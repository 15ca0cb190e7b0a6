echo a \
    b c
