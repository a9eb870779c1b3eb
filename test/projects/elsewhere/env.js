module.exports = class extends require('jest-environment-node').TestEnvironment {};
