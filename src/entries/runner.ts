/* Jest's runner with the ends of what lives as long as the run: what `runner` names. */
export { default } from '../jest/runner/runner';
