fixture('here', 1);
