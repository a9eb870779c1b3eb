fixture('mock', { scope: 'worker' }, () => jest.fn());
fixture('hook', { scope: 'session' }, () => beforeEach(() => {}));
fixture('other', { scope: 'worker' }, () => vi.fn());
