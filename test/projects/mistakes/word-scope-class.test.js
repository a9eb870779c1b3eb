fixture('db', { scope: 'class' }, 1);
