/* `jest-loop/run`: Jest in a program of your own, and a program in a Loop. */
export { type MainContext, type RunAsMainOptions, runAsMain } from '../program/run-as-main';
export { type RunJestOptions, type RunJestResult, runJest } from '../program/run-jest';
