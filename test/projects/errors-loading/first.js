setTimeout(() => Promise.reject(new Error('from setupFiles')), 30);
