int deep;

    int indented;
