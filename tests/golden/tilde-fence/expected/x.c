/* ``` is text here, and ~~ too
~~
```
*/
int x;
