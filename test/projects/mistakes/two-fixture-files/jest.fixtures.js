fixture('near', 1);
