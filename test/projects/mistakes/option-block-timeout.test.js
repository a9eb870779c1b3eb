describe('b', { timeout: 100 }, () => {});
