
one


one


