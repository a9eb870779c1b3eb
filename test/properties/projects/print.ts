import type { Block, Fixture, Hook, How, Project, Test, TestFile } from './project';

/*
 * The files of a project. What fixtures, hooks and tests log is in lib.js, so that the files stay readable: one that
 * fails is printed.
 */

/** The texts by path, below a folder of the project's own. */
export function print(project: Project): Record<string, string> {
  const folder = `s${project.seed}`;
  const files: Record<string, string> = {};
  for (const [directory, fixtures] of Object.entries(project.directories)) {
    const text = fixtures.map(fixture => declare(fixture, 'test')).join('\n');
    files[[folder, directory, 'jest.fixtures.js'].filter(Boolean).join('/')] =
      `${prelude(project, directory)}${text}\n`;
  }
  for (const file of project.files) files[`${folder}/${file.path}`] = printFile(project, file);
  return files;
}

function prelude({ seed }: Project, directory: string): string {
  return `const $ = require('${directory === '' ? '..' : '../..'}/lib.js').of('s${seed}');\n`;
}

function printFile(project: Project, { path, parallel, retries, root }: TestFile): string {
  const docblock = `/** @jest-loop ${JSON.stringify({ setup: parallel ? 'parallel' : 'sequential' })} */\n`;
  const retry = retries > 0 ? `jest.retryTimes(${retries});\n` : '';
  return `${docblock}${prelude(project, path.startsWith('d/') ? 'd' : '')}$.file('${path}');\n${retry}${printBlock(root, 'test')}\n`;
}

function printBlock(block: Block, outer: string): string {
  const own = block.fixtures.some(({ kind }) => kind === 'use') ? `own${block.id}` : outer;
  const lines: string[] = [];
  if (own !== outer) lines.push(`let ${own} = ${outer};`);
  lines.push(
    ...block.fixtures.map(fixture => declare(fixture, own)),
    ...block.hooks.map(hook => printHook(hook, own)),
    ...block.tests.map(test => printTest(test, own)),
    ...block.blocks.map(
      inner =>
        `describe${inner.skip ? '.skip' : ''}('${inner.id}', () => {\n${indented(printBlock(inner, own))}\n});`,
    ),
  );
  return lines.join('\n');
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

function declare(fixture: Fixture, own: string): string {
  const { name, scope, kind, auto, params, override } = fixture;
  const values = params === 0 ? {} : { params: Array.from({ length: params }, (_, index) => index) };
  const options = JSON.stringify({ scope, ...(auto && { auto }), ...values });
  const body = bodyOf(fixture);
  if (kind === 'use') return `${own} = ${own}.extend({ ${name}: [${body}, ${options}] });`;
  if (override && params === 0) return `${own}.override('${name}', ${body});`;
  return `fixture('${name}', ${options}, ${body});`;
}

const named = (names: readonly string[], hows: readonly (How | false)[], ...more: string[]): string => {
  const own = [
    ...more,
    ...(hows.includes('task') ? ['tasks'] : []),
    ...(hows.includes('hang') ? ['asyncTimeout'] : []),
    ...(hows.includes('task') || hows.includes('hang') ? ['eventLoop'] : []),
  ];
  return `{ ${[...names, ...own].join(', ')} }`;
};

const values = (names: readonly string[]): string => `[${names.join(', ')}]`;

/** Where it fails. */
function failing(fails: string, how: How, what: string): string {
  if (fails === 'no') return '';
  if (how === 'throw') return `$.fail(${what}, '${fails}');\n`;
  const fail =
    how === 'hang'
      ? `await $.hang(${what}, asyncTimeout, eventLoop)`
      : `await $.failTask(${what}, tasks, eventLoop)`;
  return `if ($.isDue(${what}, '${fails}')) ${fail};\n`;
}

function bodyOf(fixture: Fixture): string {
  const { key, kind, deps, setUp, how, tearDown, cleanups, turns, params, task } = fixture;
  if (kind === 'value') return `{ id: '${key}' }`;
  const param = params > 0 ? ', request.param' : '';
  const given = named(deps, [setUp !== 'no' && how, task && 'task']);
  const turn = turns > 0 ? `await $.turns(${turns});\n` : '';
  const up = indented(
    `const me = $.start('${key}', ${values(deps)}, request, ${JSON.stringify(cleanups)}${param});\n${task ? '$.goOn(me, tasks, eventLoop);\n' : ''}${turn}${failing(setUp, how, "'set-up of ' + me.id")}$.up(me);`,
  );
  const down = indented(
    `${turn}$.down(me);\n${failing(tearDown, 'throw', "'teardown of ' + me.id")}`,
  ).trimEnd();
  switch (kind) {
    case 'function':
      return `(${given}, request) => {\n${up}\n  return me;\n}`;
    case 'async':
      return `async (${given}, request) => {\n${up}\n  return me;\n}`;
    case 'generator':
      return `function* (${given}, request) {\n${up}\n  yield me;\n${down}\n}`;
    case 'asyncGenerator':
      return `async function* (${given}, request) {\n${up}\n  yield me;\n${down}\n}`;
    case 'use':
      return `async (${given}, use, request) => {\n${up}\n  await use(me);\n${down}\n}`;
  }
}

const finallies = (cleanups: readonly string[]): string =>
  cleanups.length === 0 ? '' : `$.finally(request, me, ${JSON.stringify(cleanups)});\n  `;

function printHook({ id, type, asks, fails, how, cleanups }: Hook, own: string): string {
  const given = named(asks, [fails !== 'no' && how], ...(cleanups.length > 0 ? ['request'] : []));
  return `${own}.${type}(async (${given === '{  }' ? '' : given}) => {
  const me = $.hook('${id}', ${values(asks)});
  ${finallies(cleanups)}await $.turns(1);
  ${failing(fails, how, "'hook ' + me")}});`;
}

function printTest({ id, form, asks, gets, fails, how, cleanups }: Test, own: string): string {
  const given = named(asks, [fails !== 'no' && how], 'request');
  const each = form === 'each';
  const callee = `${own}${form === 'plain' ? '' : each ? '.each([[1], [2]])' : `.${form}`}`;
  const got = gets.map(name => `await request.get('${name}');\n  `).join('');
  return `${callee}('${id}${each ? ' %i' : ''}', async (${each ? 'row, ' : ''}${given}) => {
  const me = $.body(request, ${values(asks)});
  ${finallies(cleanups)}${got}await $.turns(1);
  ${failing(fails, how, "'body ' + me")}$.end(me);
});`;
}

/** What all files of all projects share. */
export const LIB = `
const fs = require('node:fs');
const path = require('node:path');
// Of the sandbox of a test file, where the core's functions are of another realm.
const inside = !(require('node:util').inspect instanceof Function);
const known = (globalThis[Symbol.for('jest-loop projects')] ??= { counts: {}, where: 'out' });
const out = path.join(process.env.JEST_LOOP_EVENTS, 'of-' + process.pid);

exports.of = seed => {
  const log = event => fs.appendFileSync(out, seed + ' ' + known.where + ' ' + event + '\\n');
  const count = what => (known.counts[seed + what] = (known.counts[seed + what] ?? 0) + 1);
  const ids = values => values.map(({ id }) => id).join(',');
  const $ = {
    file(name) {
      known.where = name;
      log('file');
    },
    turns: async turns => {
      for (let turn = 0; turn < turns; turn++) await new Promise(resolve => setImmediate(resolve));
    },
    start(key, needs, request, cleanups, param) {
      const me = { id: key + '@' + place() + '#' + count('life ' + key) };
      log('start ' + me.id + ' ' + request.scope + ' < ' + ids(needs) + (param === undefined ? '' : ' | ' + param));
      cleanups.forEach((fails, index) => request.onCleanup(async () => {
        await null;
        const what = 'cleanup ' + index + ' of ' + me.id;
        log(what);
        $.fail(what, fails);
      }));
      return me;
    },
    up: ({ id }) => log('up ' + id),
    down: ({ id }) => log('down ' + id),
    // The first time of a fixture, hook or test, not of its instance.
    isDue(what, fails) {
      if (fails === 'no') return false;
      return count('due ' + what.replace(/#\\d+$/, '')) === 1 || fails === 'always';
    },
    throw(what) {
      const message = 'E ' + what;
      log('throw ' + message);
      throw new Error(message);
    },
    fail(what, fails) {
      if ($.isDue(what, fails)) $.throw(what);
    },
    async hang(what, asyncTimeout, loop) {
      const ms = 15 + count('hang') / 1000;
      log('hang ' + ms + ' ' + what);
      asyncTimeout.set(ms);
      try {
        // On virtual time the hours pass at once.
        for (;;) await loop.sleep(60_000);
      } finally {
        // What comes after it has time again.
        asyncTimeout.set(5000);
      }
    },
    async failTask(what, tasks, loop) {
      tasks.start(async () => $.throw(what));
      for (;;) await loop.sleep(60_000);
    },
    goOn({ id }, tasks, loop) {
      let hasBegun = false;
      const task = tasks.start(async () => {
        hasBegun = true;
        try {
          for (;;) await loop.sleep(600_000);
        } finally {
          log('ended ' + id);
        }
      });
      // On chaos it may be cancelled before its turn: then it never runs.
      task.then(undefined, () => hasBegun || log('ended ' + id));
    },
    finally(request, me, cleanups) {
      cleanups.forEach((fails, index) => request.onCleanup(async () => {
        await null;
        const what = 'finally ' + index + ' of ' + me;
        log(what);
        $.fail(what, fails);
      }));
    },
    hook(id, needs) {
      const me = id + '@' + place() + '#' + count('life ' + id);
      log('hook ' + me + ' < ' + ids(needs));
      return me;
    },
    body({ test: { fullName } }, needs) {
      const me = fullName + '@' + place() + '#' + count('life ' + fullName);
      log('body ' + me + ' < ' + ids(needs));
      return me;
    },
    end: me => log('end ' + me),
  };
  return $;
};

function place() {
  return inside ? path.basename(known.where, '.test.js') : 'out';
}
`;
