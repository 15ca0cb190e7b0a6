    one

    two
