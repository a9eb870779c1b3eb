fixture('db', { scope: 'package' }, 1);
