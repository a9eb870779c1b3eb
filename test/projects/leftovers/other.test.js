test('nothing of another file arrives here', () => new Promise(resolve => setTimeout(resolve, 400)));
