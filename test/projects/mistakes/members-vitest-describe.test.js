describe.runIf(true)('on Linux', () => {});
