f(<<body>>)
f(<<other>>)
