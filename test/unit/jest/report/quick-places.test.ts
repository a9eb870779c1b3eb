import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vm from 'node:vm';
import * as ts from 'typescript';
import { QuickPlaces } from '../../../../src/jest/report/quick-places';
import { SourceMaps } from '../../../../src/jest/report/source-maps';
import { realm } from '../support';

/** What Node calls to make the text of a stack. */
type Format = (error: Error, frames: NodeJS.CallSite[]) => string;

const SOURCE = `interface Longer {
  readonly than: 'one line';
}
export const all: unknown[] = [
  outer('first'),
  outer('second'),
];
`;

let folder: string;
/** Where the maps of compiled files are, as Jest keeps them. */
let maps: Map<string, string>;
const { prepareStackTrace } = Error;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'places-'));
  maps = new Map();
});
afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
  fs.rmSync(folder, { recursive: true });
});

interface Named {
  readonly name: string;
}

/** Runs a source text, whose calls of `outer` are captured. Gives what was registered. */
function register(places: QuickPlaces<Named>, file: string, source: string): Named[] {
  const found: Named[] = [];
  const outer = realm.wrap(([name]) => {
    const registered = { name: name as string };
    places.capture(registered, outer);
    found.push(registered);
  });
  vm.compileFunction(source, ['outer', 'exports'], { filename: file })(outer, {});
  return found;
}

/** Compiles TypeScript as Jest's transforms do: the map lies in a file of its own. */
function compiled(file: string): string {
  const { outputText, sourceMapText } = ts.transpileModule(SOURCE, {
    fileName: file,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, sourceMap: true },
  });
  const map = path.join(folder, 'map.json');
  fs.writeFileSync(map, sourceMapText!.replace(path.basename(file), file));
  maps.set(file, map);
  return outputText;
}

/** The formatter of this Jest, put where Jest puts it. */
function installJest(): void {
  const ofRunner = createRequire(require.resolve('jest-runner'));
  const { SourceMapSupport } = ofRunner('@jest/source-map') as {
    readonly SourceMapSupport: new () => { install(maps: Map<string, string>): void };
  };
  new SourceMapSupport().install(maps);
}

/** Formats as that of Jest 30.0 does: source-map-support copies a frame, and names it by the next one. */
const formatOfOldest: Format = ({ name, message }, frames) => {
  const lines = frames.map(frame => {
    if (frame.isNative()) return '    at native';
    const copy: Record<string, () => unknown> = {};
    const own = frame as unknown as Record<string, () => unknown>;
    for (const key of Object.getOwnPropertyNames(Object.getPrototypeOf(frame)))
      copy[key] = /^(?:is|get)/.test(key) ? () => own[key]!.call(frame) : own[key]!;
    copy.getFunctionName = () => 'test';
    copy.getLineNumber = () => frame.getLineNumber()! + 100;
    copy.getScriptNameOrSourceURL = () => frame.getFileName();
    const shown = `${copy.getScriptNameOrSourceURL!()}:${copy.getLineNumber!()}:${frame.getColumnNumber()}`;
    return copy.isToplevel!() && !copy.isConstructor!()
      ? `    at ${copy.getFunctionName()} (${shown})`
      : shown;
  });
  return [`${name}: ${message}`, ...lines].join('\n');
};

test('TypeScript: the places are those in the source', () => {
  const file = path.join(folder, 'a.test.ts');
  const places = new QuickPlaces<Named>({ realm, rootDir: folder });
  const [first, second] = register(places, file, compiled(file));
  installJest();
  expect([places.of(second!), places.of(first!)]).toEqual(['a.test.ts:6', 'a.test.ts:5']);
});

test('an observer finds the same places in the maps, and only asks the formatter for others', () => {
  const asked: string[] = [];
  Error.prepareStackTrace = ((error: Error, frames: NodeJS.CallSite[]) => {
    asked.push(...frames.map(frame => path.basename(frame.getFileName()!)));
    return formatOfOldest(error, frames);
  }) as typeof Error.prepareStackTrace;
  const file = path.join(folder, 'a.test.ts');
  const places = new QuickPlaces<Named>({
    realm: { ...realm, findSource: frame => new SourceMaps(maps).find(frame) },
    rootDir: folder,
  });
  const [first, second] = register(places, file, compiled(file));
  const [other] = register(places, path.join(folder, 'b.js'), "outer('b');");
  expect([places.of(second!), places.of(other!), places.of(first!)]).toEqual([
    'a.test.ts:6',
    'b.js:101',
    'a.test.ts:5',
  ]);
  expect(asked).toEqual(['b.js']);
});

test('JavaScript, an ES module and a file elsewhere, without maps', () => {
  const places = new QuickPlaces<Named>({ realm, rootDir: folder });
  const script = register(places, path.join(folder, 'sub/a.test.js'), "\nouter('a');");
  const module = register(places, `file://${folder}/with%20space.mjs`, "outer('a');");
  const other = register(places, '/elsewhere/a.js', "\n\nouter('a');");
  installJest();
  expect([...script, ...module, ...other].map(each => places.of(each))).toEqual([
    'sub/a.test.js:2',
    'with space.mjs:1',
    '/elsewhere/a.js:3',
  ]);
});

test('as the oldest Jest formats stacks', () => {
  const places = new QuickPlaces<Named>({ realm, rootDir: folder });
  const found = register(places, path.join(folder, 'a.js'), "outer('a');\nouter('b');");
  Error.prepareStackTrace = formatOfOldest as typeof Error.prepareStackTrace;
  expect(found.map(each => places.of(each))).toEqual(['a.js:101', 'a.js:102']);
  expect(Error.prepareStackTrace).toBe(formatOfOldest);
});

test('all that was captured is formatted at once, and what is captured later too', () => {
  let times = 0;
  Error.prepareStackTrace = ((error: Error, frames: NodeJS.CallSite[]) => {
    times++;
    return formatOfOldest(error, frames);
  }) as typeof Error.prepareStackTrace;
  const places = new QuickPlaces<Named>({ realm, rootDir: folder });
  const many = register(places, path.join(folder, 'a.js'), "for (let i = 0; i < 50; i++) outer('a');");
  expect(new Set(many.map(each => places.of(each)))).toEqual(new Set(['a.js:101']));
  expect(times).toBe(1);
  const [late] = register(places, path.join(folder, 'b.js'), "outer('b');");
  expect([places.of(late!), times]).toEqual(['b.js:101', 2]);
});

test('no place where the formatter throws or gives no text, or nothing was captured', () => {
  const places = new QuickPlaces<Named>({ realm, rootDir: folder });
  const formats = [
    () => {
      throw new Error('mine');
    },
    () => [],
    () => 'one line',
  ];
  for (const format of formats) {
    const [registered] = register(places, path.join(folder, 'a.js'), "outer('a');");
    Error.prepareStackTrace = format;
    expect(places.of(registered!)).toBeUndefined();
    expect(Error.prepareStackTrace).toBe(format);
  }
  expect(places.of({ name: 'another' })).toBeUndefined();
});

test('captures leave the limit of stacks as it was', () => {
  const limit = Error.stackTraceLimit;
  register(new QuickPlaces({ realm, rootDir: folder }), path.join(folder, 'a.js'), "outer('a');");
  expect(Error.stackTraceLimit).toBe(limit);
});
