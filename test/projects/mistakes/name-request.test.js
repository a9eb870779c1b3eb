fixture('request', () => 1);
