void begin_first(void);
