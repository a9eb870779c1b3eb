setTimeout(() => Promise.reject(new Error('from a setup file')), 30);
