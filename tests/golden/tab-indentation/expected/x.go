func main() {
	if x {
		f()
		    g()
	}
 	 if x {
 	 	f()
 	 	    g()
 	 }
}
