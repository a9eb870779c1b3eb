fixture('db', { timeout: '5s' }, () => 1);
