int lost_but_used;
