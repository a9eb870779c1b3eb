const t = test.extend('db', { auto: true, timeout: 100 });
