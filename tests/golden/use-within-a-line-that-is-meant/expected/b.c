x = a <<body>> c;
y = (a) <<nope>> c;
// see <<body>> and {"<<body>>"}
@<<body>>
<<other>>;
{ <<body }
