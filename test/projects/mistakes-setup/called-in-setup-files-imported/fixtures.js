require('jest-loop').test.extend('db', 1);
