all:
	cc
