import { log, logged } from '../../wide-log';

log('floor loaded');

export const fixtures = fixture('floor', { scope: 'directory' }, logged('floor'));
