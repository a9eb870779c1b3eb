// Loaded after the setup files and before the test file.
if (!globalThis.setupRan) throw new Error('loaded too early');
fixture('where', 'root directory');
fixture('chain', ({ chain }) => [...chain, 'root directory']);
