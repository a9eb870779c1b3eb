fixture('db');
