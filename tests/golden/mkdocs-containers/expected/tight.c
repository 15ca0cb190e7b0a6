int tight;
