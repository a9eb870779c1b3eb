/** @type {import('jest').Config} */
module.exports = {
  preset: 'jest-loop',
  setupFilesAfterEnv: ['<rootDir>/test/fixtures.ts'],
  // PGlite loads Node's own modules by import(), which Jest's sandbox offers only behind a flag of Node's.
  transform: { '/pglite/dist/.+\\.cjs$': '<rootDir>/pglite-transform.js' },
  transformIgnorePatterns: ['/node_modules/(?!@electric-sql/pglite/)'],
};
