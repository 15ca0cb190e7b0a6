int later;
