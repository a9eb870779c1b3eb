fixture('db', () => 1, { scope: 'file' });
