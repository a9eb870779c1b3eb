fixture('db', { deps: 'other' }, () => 1);
