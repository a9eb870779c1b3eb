import { fixture } from 'jest-loop';
import { log, logged } from '../wide-log';

log('setup loaded');

fixture('board', { scope: 'session' }, logged('board'));
fixture('seat', { scope: 'worker' }, logged('seat'));
// Of the directory of the test file that asks.
fixture('own', { scope: 'directory' }, logged('own'));

// The directories of its test files have no jest.fixtures files; they lie in each other all the same.
let directories = 0;
fixture('numbered', { scope: 'directory' }, async function* () {
  const name = `numbered ${++directories}`;
  log(`${name} up`);
  yield name;
  log(`${name} down`);
});
