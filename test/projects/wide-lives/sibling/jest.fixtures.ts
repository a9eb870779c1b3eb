import { tell, told } from '../../wide-log';

// Nobody asks for it: this file is loaded in the tests only.
tell('shed loaded');

fixture('shed', { scope: 'directory' }, told('shed'));
fixture('spade', () => 'spade');
