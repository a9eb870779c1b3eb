import { FLAGS } from './flags';

const WIDTH = 34;

/** The text of `--help`. */
export function helpText(): string {
  const lines = [
    ...FLAGS.map(({ name, placeholder, help }) => [
      `--${name}${placeholder === undefined ? '' : ` ${placeholder}`}`,
      help,
    ]),
    ['--init', 'Write the configuration and a first jest.fixtures file. Runs no test.'],
    ['--help, -h', 'Show this text.'],
  ] as const;
  return `Usage: jest-loop [options] [Jest's options and patterns]

Runs the project's own Jest with fixtures, Loops and time limits. These options may stand before or after those
of Jest, as --option value or --option=value; what follows -- is Jest's alone.

${lines.map(([flag, help]) => `  ${flag.padEnd(WIDTH)}${help}`).join('\n')}

All other options are Jest's: npx jest --help, https://jestjs.io/docs/cli

Examples:
  npx jest-loop --watch --setup-show
  npx jest-loop --durations 5 src/api
  npx jest-loop --fixtures db cache -- src/api
`;
}
