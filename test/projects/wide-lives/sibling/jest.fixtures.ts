import { log, logged } from '../../wide-log';

// Nothing requests it: this file is loaded in the tests only.
log('shed loaded');

fixture('shed', { scope: 'directory' }, logged('shed'));
fixture('spade', () => 'spade');
