int gone;
mine
