int y; /* --8<-- [end:y] */
