import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import { suffixOf, type Variant } from '../../fixtures/resolve/variants';
import { choiceOf } from '../../loop/backend-of';
import type { TestFile } from '../file/test-file';

/** A variant of a test, and the suffix of its name. */
interface Named {
  readonly variant: Variant;
  readonly suffix: string;
}

/**
 * The variants that run. Where the command line names a backend, of those that differ in their backend alone only the
 * ones on that backend; if there are none, the first, which then runs on it anyway.
 */
export function variantsToRun({ options }: TestFile, variants: readonly Variant[]): Named[] {
  const all = variants.map(variant => ({ variant, suffix: suffixOf(variant) }));
  if (!options.backendWins) return all;
  const name = choiceOf(options.backend)?.name;
  const values = (variant: Variant): { readonly value: unknown; readonly index: number }[] =>
    [...variant]
      .filter(([declaration]) => declaration.name === LOOP_BACKEND)
      .map(([declaration, index]) => ({ value: declaration.options.params![index], index }));
  const onIt = all.filter(({ variant }) =>
    values(variant).every(({ value }) => choiceOf(value)?.name === name),
  );
  if (onIt.length > 0) return onIt;
  const first = variants.filter(variant => values(variant).every(({ index }) => index === 0));
  return first.map(variant => ({ variant, suffix: suffixOf(withoutBackend(variant)) }));
}

/** The values of all parametrised fixtures but the backend. */
export function withoutBackend(variant: Variant): Variant {
  return new Map([...variant].filter(([{ name }]) => name !== LOOP_BACKEND));
}
