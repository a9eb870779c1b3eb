import { testLateErrors } from './late-errors';

testLateErrors();
