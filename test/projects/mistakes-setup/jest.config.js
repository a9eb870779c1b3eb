// Each project is set up wrong in its own way; the messages say which line fixes it.
const wrong = {
  'environment-node': { preset: 'jest-loop', testEnvironment: 'node' },
  'environment-jsdom': { preset: 'jest-loop', testEnvironment: 'jsdom' },
  'no-setup': { testEnvironment: 'jest-loop/environment' },
  'no-setup-but-own': {
    testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['<rootDir>/fixtures.js'],
  },
  'setup-second': {
    testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['<rootDir>/fixtures.js', 'jest-loop/setup'],
  },
  'setup-second-imported': {
    testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['<rootDir>/fixtures.js', 'jest-loop/setup'],
  },
  'setup-after-plain': {
    testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['<rootDir>/plain.js', 'jest-loop/setup'],
  },
  'called-in-setup-files': { preset: 'jest-loop', setupFiles: ['<rootDir>/fixtures.js'] },
  'called-in-setup-files-imported': { preset: 'jest-loop', setupFiles: ['<rootDir>/fixtures.js'] },
  'marked-in-setup-files': { preset: 'jest-loop', setupFiles: ['<rootDir>/fixtures.js'] },
  'setup-in-setup-files': { preset: 'jest-loop', setupFiles: ['jest-loop/setup'] },
  'setup-in-setup-files-alone': {
    testEnvironment: 'jest-loop/environment',
    setupFiles: ['jest-loop/setup'],
  },
  'setup-in-setup-files-of-node': { setupFiles: ['jest-loop/setup'] },
  'fixture-file-misnamed': { preset: 'jest-loop' },
  'fixture-file-above/root': { preset: 'jest-loop' },
};

module.exports = {
  projects: Object.entries(wrong).map(([folder, config]) => ({
    ...config,
    displayName: folder,
    rootDir: `${__dirname}/${folder}`,
  })),
};
