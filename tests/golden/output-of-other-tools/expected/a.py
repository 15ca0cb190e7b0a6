print("Venus")
