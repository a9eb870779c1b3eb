fixture('pool', { scope: 'session' }, () => 1);
