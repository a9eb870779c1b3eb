const fs = require('node:fs');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const Environment = require('jest-loop/environment');

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');
// Those of this realm belong to no Loop.
const { setTimeout, setImmediate } = globalThis;

/** How many tests lie between two samples of the heap. */
const STEP = 50;

/** Notes which test runs, from outside of the sandbox: what the tests do is judged by it. */
module.exports = class extends Environment {
  constructor(config, context) {
    super(config, context);
    const { root } = path.parse(context.testPath);
    const file = path.join(process.env.JEST_LOOP_EVENTS, 'files', path.relative(root, context.testPath));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.write = line => fs.appendFileSync(file, `${line}\n`);
    this.count = 0;
    this.soak = this.global.soak = {
      running: undefined,
      /** What callbacks ran, as a proof that something was looked at. */
      fired: 0,
      /** The tasks of the test that runs. */
      tasks: [],
      /** The wider scopes that are open, by what marks their end. */
      scopes: [],
      write: this.write,
      /** A promise of foreign code: nothing of it is in any Loop. */
      outside: ms => new Promise(resolve => setTimeout(resolve, ms)),
    };
  }

  handleTestEvent(event, state) {
    if (event.name === 'test_start') this.soak.running = event.test.name;
    const own = super.handleTestEvent(event, state);
    if (event.name === 'test_done') return Promise.resolve(own).then(() => this.#testDone(event.test.name));
    if (event.name === 'run_describe_finish') return Promise.resolve(own).then(() => this.#blockDone(event));
    return own;
  }

  #blockDone({ describeBlock }) {
    const scope = describeBlock.parent === undefined ? 'file' : 'describe';
    for (const each of this.soak.scopes) if (each.scope === scope) each.open = false;
    this.soak.scopes = this.soak.scopes.filter(each => each.open);
  }

  async #testDone(name) {
    const { soak } = this;
    for (const task of soak.tasks) if (!task.done) this.write(`alive: ${task.name} of ${name}`);
    soak.tasks = [];
    soak.running = undefined;
    this.count++;
    if (this.count % STEP !== 0) return;
    // A turn: what has come to its end is let go.
    await new Promise(resolve => setImmediate(resolve));
    gc();
    this.write(`heap: ${process.memoryUsage().heapUsed}`);
  }

  async teardown() {
    this.write(`fired: ${this.soak.fired}`);
    await super.teardown();
  }
};
