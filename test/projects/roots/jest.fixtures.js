fixture('far', 'never');
