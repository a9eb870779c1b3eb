/** A way to write a set-up. */
export interface Form {
  readonly name: string;
  /** A function that is given `use`, or makes a generator. */
  readonly source: string;
  /** What `a` and `b` hold after it. */
  readonly leaves: readonly [unknown, unknown];
}

export const UNSET = undefined;

export const FORMS: readonly Form[] = [
  form('sync function', '() => { a.enterWith(1); }', [1, UNSET]),
  form('sync function that enters nothing', '() => {}', [UNSET, UNSET]),
  form('sync function that enters and takes back', '() => { a.enterWith(1); a.enterWith(undefined); }', [
    UNSET,
    UNSET,
  ]),
  form('sync function whose run is over', '() => { a.run(1, () => b.enterWith(2)); }', [UNSET, 2]),
  form('async function, before an await', 'async () => { a.enterWith(1); await sleep(); }', [1, UNSET]),
  form('async function, after an await', 'async () => { await sleep(); a.enterWith(1); }', [1, UNSET]),
  form(
    'async function, before and after',
    'async () => { a.enterWith(1); await sleep(); b.enterWith(2); }',
    [1, 2],
  ),
  form('async function, twice', 'async () => { a.enterWith(1); await sleep(); a.enterWith(2); await 0; }', [
    2,
    UNSET,
  ]),
  form('async function that takes back', 'async () => { a.enterWith(1); await 0; a.enterWith(undefined); }', [
    UNSET,
    UNSET,
  ]),
  form('async function that never awaits', 'async () => { a.enterWith(1); }', [1, UNSET]),
  form('async function that returns a promise', 'async () => { a.enterWith(1); return sleep(); }', [
    1,
    UNSET,
  ]),
  form(
    'async function that returns a promise, after an await',
    'async () => { a.enterWith(1); await sleep(); b.enterWith(2); return sleep(); }',
    [1, 2],
  ),
  form(
    'async function that returns the promise of a child',
    'async () => { await 0; a.enterWith(1); return (async () => { await sleep(); b.enterWith(2); })(); }',
    [1, UNSET],
  ),
  form(
    'async function that returns a promise older than the value',
    'async () => { const old = sleep(5); a.enterWith(2); return old; }',
    [2, UNSET],
  ),
  form(
    'async function that returns a foreign thenable',
    'async () => { a.enterWith(1); await 0; return { then(done) { sleep().then(done); } }; }',
    [1, UNSET],
  ),
  form('function that returns a promise', '() => { a.enterWith(1); return sleep(); }', [1, UNSET]),
  form('function that returns a chain', '() => sleep().then(() => { a.enterWith(1); })', [1, UNSET]),
  form(
    'function that makes a promise',
    '() => new Promise(done => setTimeout(() => { a.enterWith(1); done(); }))',
    [1, UNSET],
  ),
  form('function that calls an async helper', '() => (async () => { await 0; a.enterWith(1); })()', [
    1,
    UNSET,
  ]),
  form(
    'function that returns what comes out of a run',
    '() => { b.enterWith(2); return a.run(1, () => sleep()); }',
    [UNSET, 2],
  ),
  form(
    'async function that returns what comes out of a run',
    'async () => { await 0; b.enterWith(2); return a.run(1, () => sleep()); }',
    [UNSET, 2],
  ),
  form(
    'async function with a run',
    'async () => { await a.run(1, async () => { await 0; b.enterWith(2); }); }',
    [UNSET, UNSET],
  ),
  form('helper, before its await', 'async () => { await (async () => { a.enterWith(1); await 0; })(); }', [
    1,
    UNSET,
  ]),
  form('helper, after its await', 'async () => { await (async () => { await 0; a.enterWith(1); })(); }', [
    UNSET,
    UNSET,
  ]),
  form('sync generator', 'function* () { a.enterWith(1); yield; b.enterWith(2); }', [1, UNSET]),
  form('async generator, before an await', 'async function* () { a.enterWith(1); await 0; yield; }', [
    1,
    UNSET,
  ]),
  form('async generator, after', 'async function* () { await 0; a.enterWith(1); yield; b.enterWith(2); }', [
    1,
    UNSET,
  ]),
  form('async generator that never awaits', 'async function* () { a.enterWith(1); yield; }', [1, UNSET]),
  form(
    'async generator that yields a promise',
    'async function* () { await 0; a.enterWith(1); yield sleep(); }',
    [1, UNSET],
  ),
  form('use, in a run', 'async use => { await a.run(1, () => use()); }', [1, UNSET]),
  form(
    'use, in a run, later',
    'async use => { await a.run(1, async () => { await sleep(); await use(); }); }',
    [1, UNSET],
  ),
  form(
    'use, after a value was entered',
    'async use => { a.enterWith(1); await 0; b.enterWith(2); await use(); }',
    [1, 2],
  ),
  form('use, before a value is entered', 'async use => { a.enterWith(1); await use(); a.enterWith(2); }', [
    1,
    UNSET,
  ]),
  form('use, of a sync function', 'use => { a.enterWith(1); return use(); }', [1, UNSET]),
];

function form(name: string, source: string, leaves: readonly [unknown, unknown]): Form {
  return { name, source, leaves };
}
