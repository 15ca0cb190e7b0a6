int one(void); 
