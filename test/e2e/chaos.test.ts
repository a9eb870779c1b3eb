import { testChaos } from './chaos';
import { keepJest } from './run-jest';

keepJest();

testChaos();
