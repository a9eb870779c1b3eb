// What a flag cannot say.
const more = JSON.parse(process.env.FLAGS_CONFIG ?? '{}');

module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'], ...more };
