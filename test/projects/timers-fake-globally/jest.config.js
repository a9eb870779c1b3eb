module.exports = { preset: 'jest-loop', fakeTimers: { enableGlobally: true } };
