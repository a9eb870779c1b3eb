import { createRequire } from 'node:module';
import { join } from '../node/path';
import { importsFrom, type Node } from './nodes';
import { FALSE_ALARMS, type IsFalseAlarm, type Report, type RuleContext } from './rules';

/** The setting by which our configuration requests the wrapped rules: other files get the plugins' own. */
export const SETTING = 'jest-loop';

interface Rule {
  readonly create: (context: RuleContext, ...more: unknown[]) => unknown;
}

const WRAPPED = Symbol.for('jest-loop.eslint');

/**
 * Teaches the rules of the project's plugins about fixtures. They are wrapped in place, so that they keep their names,
 * severities, options and comments such as `eslint-disable-next-line jest/no-done-callback`.
 */
export function wrapRules(): void {
  for (const load of [require, createRequire(join(process.cwd(), 'eslint.config.js'))]) {
    const jest = loaded(load, 'eslint-plugin-jest');
    wrapPlugin(jest, {
      ...Object.fromEntries(namesOf(jest).map(name => [name, never])),
      ...FALSE_ALARMS.jest,
    });
    const typescript =
      loaded(load, '@typescript-eslint/eslint-plugin') ??
      (loaded(load, 'typescript-eslint') as { readonly plugin?: unknown } | undefined)?.plugin;
    wrapPlugin(typescript, FALSE_ALARMS['@typescript-eslint']!);
  }
}

const never: IsFalseAlarm = () => false;

/** Of all its rules. */
function namesOf(plugin: unknown): string[] {
  return Object.keys((plugin as { readonly rules?: object } | undefined)?.rules ?? {});
}

/** A plugin; undefined where the project does not have it. */
function loaded(load: NodeJS.Require, name: string): unknown {
  try {
    const module = load(name) as { readonly default?: unknown };
    return module.default ?? module;
  } catch {
    return undefined;
  }
}

function wrapPlugin(plugin: unknown, alarms: Readonly<Record<string, IsFalseAlarm>>): void {
  const { rules } = (plugin ?? {}) as { readonly rules?: Record<string, Rule> };
  for (const [name, isFalseAlarm] of Object.entries(alarms)) {
    const rule = rules?.[name];
    if (rule !== undefined && !(WRAPPED in rule)) wrapRule(rule, isFalseAlarm);
  }
}

function wrapRule(rule: Rule, isFalseAlarm: IsFalseAlarm): void {
  const own = rule.create;
  const create: Rule['create'] = (context, ...more) => {
    if (context.settings[SETTING] === undefined) return own.call(rule, context, ...more);
    const report = (found: Report): void => {
      const node = found.node ?? nodeAt(found, context);
      if (node === undefined || !isFalseAlarm(node, found, context)) context.report(found);
    };
    const seen = { report: { value: report }, settings: { value: settingsFor(context) } };
    return own.call(rule, Object.create(context, seen) as RuleContext, ...more);
  };
  // The list of rules may hold nothing but getters.
  Object.defineProperties(rule, { create: { value: create }, [WRAPPED]: { value: true } });
}

/** The plugin of Jest looks only at files that import its functions from the package that this setting names. */
function settingsFor({ settings, sourceCode }: RuleContext): RuleContext['settings'] {
  if (sourceCode === undefined || !importsFrom(sourceCode.ast, 'jest-loop')) return settings;
  return { ...settings, jest: { globalPackage: 'jest-loop', ...(settings.jest as object | undefined) } };
}

/** The node at a place that was reported without it. */
function nodeAt({ loc }: Report, { sourceCode }: RuleContext): Node | undefined {
  if (loc === undefined || sourceCode === undefined) return undefined;
  return sourceCode.getNodeByRangeIndex(sourceCode.getIndexFromLoc(loc.start)) ?? undefined;
}
