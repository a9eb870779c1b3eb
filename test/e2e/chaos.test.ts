import { testChaos } from './chaos';

testChaos();
