fixture('db', { scope: 'file', auto: true });
