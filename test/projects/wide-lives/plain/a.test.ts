import { log } from '../../wide-log';

test('uses', ({ numbered }) => log(`plain/a uses ${numbered}`));
