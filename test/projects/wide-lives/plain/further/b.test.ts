import { tell } from '../../../wide-log';

test('uses', ({ numbered }) => tell(`plain/further/b uses ${numbered}`));
