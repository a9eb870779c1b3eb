import { fixture } from 'jest-loop';
import { tell, told } from '../wide-log';

tell('setup loaded');

fixture('board', { scope: 'session' }, told('board'));
fixture('seat', { scope: 'worker' }, told('seat'));
// Of the directory of the test file that asks.
fixture('own', { scope: 'directory' }, told('own'));

// The directories of its test files have no jest.fixtures files; they lie in each other all the same.
let directories = 0;
fixture('numbered', { scope: 'directory' }, async function* () {
  const name = `numbered ${++directories}`;
  tell(`${name} up`);
  yield name;
  tell(`${name} down`);
});
