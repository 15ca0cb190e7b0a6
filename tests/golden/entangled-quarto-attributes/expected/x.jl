println("one")
#| this: stays
