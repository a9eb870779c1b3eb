fixture('pool', { scope: 'session' }, () => 1);
fixture('inWorker', { scope: 'worker', deps: ['place'] }, () => 1);
fixture('inDirectory', { scope: 'directory', deps: ['inFile'] }, () => 1);
fixture('place', { scope: 'directory' }, () => 1);
fixture('inFile', { scope: 'file' }, () => 1);
fixture('around', { scope: 'worker', deps: ['about'] }, () => 1);
fixture('about', { scope: 'worker', deps: ['around'] }, () => 1);
fixture('deep', { scope: 'worker', deps: ['inTest'] }, () => 1);
fixture('loopTooNarrow', { scope: 'worker', loopScope: 'directory' }, () => 1);
fixture('loopElsewhere', { scope: 'worker', loopScope: 'session' }, () => 1);
fixture('onlyInTests', { scope: 'worker' }, () => 1);
// Not there when this file is loaded outside of the tests.
if (!(require('node:util').inspect instanceof Function)) fixture('conditional', { scope: 'worker' }, () => 1);
