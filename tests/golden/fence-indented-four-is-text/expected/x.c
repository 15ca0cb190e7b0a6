int x;
    ```
