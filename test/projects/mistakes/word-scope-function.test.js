fixture('db', { scope: 'function' }, 1);
