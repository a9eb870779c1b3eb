test('of the directory', { useFixtures: ['directoryDies'] }, () => {});
test('of the worker', { useFixtures: ['workerDies'] }, () => {});
test('of the run', { useFixtures: ['sessionDies'] }, () => {});
