import { log, logged } from '../../../wide-log';

fixture('cellar', { scope: 'directory' }, logged('cellar'));
