import { fixture } from 'jest-loop';
import { tell, told } from '../wide-log';

tell('setup loaded');

fixture('board', { scope: 'session' }, told('board'));
fixture('seat', { scope: 'worker' }, told('seat'));
// Of the directory of the test file that asks.
fixture('own', { scope: 'directory' }, told('own'));
