module.exports = {
  preset: 'jest-loop',
  rootDir: 'app',
  roots: ['<rootDir>', '../outside/deep', '../outside'],
};
