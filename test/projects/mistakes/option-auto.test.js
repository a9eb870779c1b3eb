fixture('db', { auto: 'true' }, () => 1);
