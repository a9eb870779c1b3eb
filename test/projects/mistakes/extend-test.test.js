test.extend(test);
