mark.parametrize('n', [1, 2]);
