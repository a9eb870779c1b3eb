/** @type {import('jest').Config} */
module.exports = {
  preset: 'jest-loop',
  // PGlite loads Node's modules by import(), which Jest's sandbox supports only behind a Node flag.
  transform: { '/pglite/dist/.+\\.cjs$': '<rootDir>/pglite-transform.js' },
  transformIgnorePatterns: ['/node_modules/(?!@electric-sql/pglite/)'],
};
