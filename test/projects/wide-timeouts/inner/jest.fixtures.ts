import { fixture } from 'jest-loop';

// For what lives in this directory; the scope is inherited.
fixture('directoryDefaultAsyncTimeout', async () => 25);
fixture('innerWaits', { scope: 'directory' }, () => new Promise(() => {}));
