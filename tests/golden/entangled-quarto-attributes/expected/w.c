#|not an attribute
// | nor: this
int w;
