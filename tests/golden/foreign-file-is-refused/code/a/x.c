somebody else's
