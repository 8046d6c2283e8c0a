"""The steps of the dock, one a file: each shows what it is given and says what is asked."""
