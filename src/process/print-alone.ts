import { processState } from './process-state';

/**
 * Prints a text in a separate turn: Jest's console shows where each call comes from, and this one comes from no code.
 */
export function printAlone(console: Pick<Console, 'log'>, text: string): Promise<void> {
  const { real } = processState;
  return new Promise(resolve => {
    real.setImmediate(console.log.bind(console, text));
    real.setImmediate(resolve);
  });
}
