int new_a;
