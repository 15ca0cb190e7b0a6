//| file: other.c
one
