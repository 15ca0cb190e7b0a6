theirs
