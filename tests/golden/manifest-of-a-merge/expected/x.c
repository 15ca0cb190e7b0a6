int now;
