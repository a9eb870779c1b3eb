import { tell, told } from '../wide-log';

tell('ground loaded');

fixture('ground', { scope: 'directory' }, told('ground'));
