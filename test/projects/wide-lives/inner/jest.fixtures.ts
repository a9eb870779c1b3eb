import { tell, told } from '../../wide-log';

tell('floor loaded');

export const fixtures = fixture('floor', { scope: 'directory' }, told('floor'));
