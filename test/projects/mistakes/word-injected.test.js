fixture('db', { injected: true }, 1);
