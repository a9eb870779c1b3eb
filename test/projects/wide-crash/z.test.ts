test('slow', ({ slowInSession, slowInWorker }) => {});
