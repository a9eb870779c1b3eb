/* The module that `runner` names: Jest's runner, which also tears down fixtures of scope `session`. */
export { default } from '../jest/runner/runner';
