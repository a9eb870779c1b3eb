beforeEach(() => {
  globalThis.plain = true;
});
