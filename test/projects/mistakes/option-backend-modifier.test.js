test.backend('a test', () => {});
