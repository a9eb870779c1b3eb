test('directory', ({ innerWaits }) => {});
test('worker', ({ workerWaits }) => {});
test('teardowns', ({ directoryLingers, workerLingers, sessionLingers }) => {});
