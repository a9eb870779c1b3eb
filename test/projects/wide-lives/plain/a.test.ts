import { tell } from '../../wide-log';

test('uses', ({ numbered }) => tell(`plain/a uses ${numbered}`));
