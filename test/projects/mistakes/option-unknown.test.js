fixture('db', { scpoe: 'file' }, () => 1);
