import type { Problem } from '../../errors/problem';
import { fixtureInRow } from '../../errors/tests/calls';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { type Parameters, type RequestedName, readParameters } from '../../parameters';
import { fullNameOf, type TestEntry } from '../file/circus';
import type { Callee } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';

/**
 * `test.each([[1, 2]])('…', (a, { db }) => …)`: the fixture would be a property of the second value, and undefined.
 * Jest passes whole rows, so a value may be left out at the end only where no fixture follows.
 */
export function refuseFixtureInRow(testFile: TestFile, entry: TestEntry): Problem | undefined {
  if (testFile.declarations.length === 0) return undefined;
  const registered = testFile.tests.get(entry);
  const callee = calleeOf(testFile, entry);
  if (callee === undefined || callee.row.length === 0) return undefined;
  const namespace = testFile.namespaceOf(entry.parent);
  const isFixture = (name: string): boolean =>
    testFile.resolver.isDeclared(name, namespace, registered?.testType ?? ALL_TESTS);
  for (const [index, value] of callee.row.entries()) {
    const names = namesAt(callee, index);
    const missing = names.filter(({ name, optional }) => !optional && lacks(value, name) && isFixture(name));
    if (missing.length === 0) continue;
    // A property that other rows have is one of the table's own.
    const others = entry.parent.children.flatMap(
      each => (each.type === 'test' ? calleeOf(testFile, each) : undefined) ?? [],
    );
    const isOfTable = (name: string): boolean =>
      others.some(({ fn, row }) => fn === callee.fn && row[index] !== undefined && !lacks(row[index], name));
    const reported = missing.filter(({ name }) => !isOfTable(name));
    if (reported.length === 0) continue;
    const site = siteOfError(entry.asyncError, testFile.rootDir);
    const of = { index, columns: callee.row.length, names: reported.map(({ name }) => name) };
    return fixtureInRow(
      { label: `test "${fullNameOf(entry)}"`, site },
      { ...of, asMeant: asMeant(callee, index, of.names) },
    );
  }
  return undefined;
}

function calleeOf(testFile: TestFile, entry: TestEntry): Callee | undefined {
  return testFile.tests.get(entry)?.callee ?? (entry.fn ? testFile.rows.get(entry.fn) : undefined);
}

/** A default of the parameter, or an error of JavaScript's, takes care of no value. */
function lacks(value: unknown, name: string): boolean {
  return value !== undefined && value !== null && !(name in Object(value));
}

function namesAt({ fn }: Callee, index: number): readonly RequestedName[] {
  const found = readParameters(fn, index);
  return 'names' in found ? found.names : [];
}

/** The parameters with each fixture after the row: `(a, b, { db })`. */
function asMeant(callee: Callee, at: number, fixtures: readonly string[]): string {
  const { fn, row } = callee;
  const known = row.map((_, index) =>
    index === at ? patternOf(namesAt(callee, at), fixtures) : written(readParameters(fn, index)),
  );
  const columns = known.map((text, index) => {
    const letter = 'abcdefghijklmnopqrstuvwxyz'[index];
    return text ?? (letter !== undefined && !known.includes(letter) ? letter : `_${index}`);
  });
  const after = new Set([...namesAt(callee, row.length).map(({ name }) => name), ...fixtures]);
  return `(${[...columns, `{ ${[...after].join(', ')} }`].join(', ')})`;
}

function written(found: Parameters): string | undefined {
  switch (found.kind) {
    case 'identifier':
      return found.name;
    case 'names':
      return patternOf(found.names, []);
    case 'pattern':
      return found.text;
    default:
      return undefined;
  }
}

function patternOf(names: readonly RequestedName[], without: readonly string[]): string | undefined {
  const kept = names.map(({ name }) => name).filter(name => !without.includes(name));
  return kept.length > 0 ? `{ ${kept.join(', ')} }` : undefined;
}
