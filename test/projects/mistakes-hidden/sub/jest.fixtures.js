fixture('address', { scope: 'worker' }, 'http://localhost');
