module.exports = {
  preset: 'jest-loop',
  setupFiles: ['<rootDir>/first.js'],
  setupFilesAfterEnv: ['<rootDir>/setup.js'],
};
