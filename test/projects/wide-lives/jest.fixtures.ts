import { log, logged } from '../wide-log';

log('ground loaded');

fixture('ground', { scope: 'directory' }, logged('ground'));
