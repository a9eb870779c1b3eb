'use strict';

/*
 * node host.js JEST: a process that runs one Jest after another, as the command line does. A line of standard input
 * is the request for a run, a line on the third channel says that it is over. What a run prints goes to standard output and
 * error, which are files. A run that ends the process ends it with its own exit code.
 */
const fs = require('node:fs');
const readline = require('node:readline');

const [jest] = process.argv.slice(2);
const { buildArgv, runCLI } = require(jest);

async function run({ folder, args, env }) {
  process.chdir(folder);
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(env, name)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = undefined;
  const code = await runJest(args, folder);
  // Node reports rejections at the end of a turn.
  await new Promise(resolve => setImmediate(resolve));
  return process.exitCode ?? code;
}

async function runJest(args, folder) {
  try {
    const argv = await buildArgv(args);
    const { results, globalConfig } = await runCLI(
      argv,
      argv.projects?.length > 0 ? argv.projects : [folder],
    );
    return results.success ? 0 : globalConfig.testFailureExitCode;
  } catch (error) {
    console.error(error?.stack ?? error);
    return 1;
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const code = await run(JSON.parse(line));
    fs.writeSync(3, `${code}\n`);
  }
  // Whatever a run has left.
  process.exit();
}

void main();
