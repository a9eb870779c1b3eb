import { testRaces } from './races';

testRaces();
