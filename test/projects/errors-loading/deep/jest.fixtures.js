setTimeout(() => Promise.reject(new Error('from a jest.fixtures file')), 30);
