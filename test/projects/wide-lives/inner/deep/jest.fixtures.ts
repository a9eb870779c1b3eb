import { tell, told } from '../../../wide-log';

fixture('cellar', { scope: 'directory' }, told('cellar'));
