const { test: own } = require('jest-loop');
own('imported', () => {});
