fixture('helped', 1);
