one 
