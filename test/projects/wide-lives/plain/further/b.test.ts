import { log } from '../../../wide-log';

test('uses', ({ numbered }) => log(`plain/further/b uses ${numbered}`));
