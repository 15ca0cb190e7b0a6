int a; 
	int a; 
