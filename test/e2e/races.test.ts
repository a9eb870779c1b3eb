import { testRaces } from './races';
import { keepJest } from './run-jest';

keepJest();

testRaces();
