/** @type {import('jest').Config} */
module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/fixtures.js'] };
