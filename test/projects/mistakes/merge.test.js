require('jest-loop').mergeTests(test, { db: 1 });
