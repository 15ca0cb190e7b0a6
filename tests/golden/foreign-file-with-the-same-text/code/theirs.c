not ours
