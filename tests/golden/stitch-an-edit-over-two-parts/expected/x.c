a
b changed
c changed
d
e
