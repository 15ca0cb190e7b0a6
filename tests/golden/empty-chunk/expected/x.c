before
after
