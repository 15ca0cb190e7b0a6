#!/bin/sh
#!/bin/false
echo a
