describe('b', { overrides: { a: 1 } }, () => {});
