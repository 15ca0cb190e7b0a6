int stale;
