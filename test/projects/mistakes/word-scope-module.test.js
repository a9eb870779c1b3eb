fixture('db', { scope: 'module' }, 1);
