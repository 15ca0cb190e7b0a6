int quote;
