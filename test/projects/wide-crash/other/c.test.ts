test('breaks', ({ breaksInSession, breaksInWorker, soundInWorker, alsoBreaksInWorker, breaksInOwn }) => {});
test('yields twice', ({ yieldsTwice }) => {});
