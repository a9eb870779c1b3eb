import { Loop } from '../../src/loop';
import { ServiceRunner } from '../../src/services/entrypoint';
import { Service } from '../../src/services/service';
import * as fc from '../fast-check';
import { sized } from '../sizes';
import { BACKENDS, withBackend } from '../unit/backends/support';
import { gate, turn } from '../unit/support';

/*
 * Random sets of services that succeed, throw, hang, die early or late, in start and in stop: what was started is
 * stopped once, and each error is reported once, with the name of its service.
 */
const RUNS = sized(12, 150);

const START = ['ready', 'throws', 'throws late', 'hangs', 'goes on', 'dies'] as const;
const STOP = ['stops', 'throws', 'hangs'] as const;

interface Plan {
  readonly start: (typeof START)[number];
  readonly stop: (typeof STOP)[number];
}

const plans = fc.array(
  fc.record({ start: fc.constantFrom(...START), stop: fc.constantFrom(...STOP) }) as fc.Arbitrary<Plan>,
  { maxLength: 6 },
);
const never = (): Promise<void> => new Promise(() => {});

class Planned extends Service {
  stops = 0;
  /** Opens once all others are ready or have failed. */
  readonly dies = gate();

  constructor(
    readonly label: string,
    readonly plan: Plan,
  ) {
    super();
  }

  override get name(): string {
    return this.label;
  }

  async start(): Promise<void> {
    const { start } = this.plan;
    if (start === 'ready') return;
    // No limit can expire before it, however busy the machine is.
    if (start === 'throws late') await new Promise(setImmediate);
    if (start.startsWith('throws')) throw new Error(`start of ${this.label}`);
    if (start === 'hangs') return never();
    this.started();
    if (start === 'goes on') return never();
    await this.dies.promise;
    throw new Error(`death of ${this.label}`);
  }

  override stop(): Promise<void> | void {
    this.stops++;
    if (this.plan.stop === 'throws') throw new Error(`stop of ${this.label}`);
    if (this.plan.stop === 'hangs') return never();
  }
}

/** The error as a text with all that it names. */
function textOf(error: unknown): string {
  return error === undefined ? '' : (error as Error).message;
}

test.each(BACKENDS)(
  'each is stopped once, and each error is reported once, on %s',
  async backend => {
    await fc.assert(
      fc.asyncProperty(plans, given =>
        withBackend(backend, async on => {
          const services = given.map((plan, index) => new Planned(`s${index}`, plan));
          const deaths: string[] = [];
          const loop = on.put(new Loop({ name: 'services' }));
          loop.grace = 20;
          const failed = services.filter(({ plan }) => plan.start.startsWith('throws'));
          const late = services.filter(({ plan }) => plan.start === 'hangs');
          const runner = new ServiceRunner({
            services,
            loop,
            // On a busy machine it must not expire for the others: on `chaos` each step takes a turn.
            options: { startTimeout: late.length > 0 ? 500 : 5000, stopTimeout: 30 },
            died: error => void deaths.push(error.message),
          });
          const begun = await runner.start().then(
            () => undefined,
            (error: unknown) => error,
          );
          expect(begun === undefined).toBe(failed.length + late.length === 0);
          if (begun === undefined) {
            for (const { dies } of services) dies.open();
            // Each death is reported at once.
            await turn();
            await turn();
          }
          const ended = await runner.stop().then(
            () => undefined,
            (error: unknown) => error,
          );
          const printed = `${textOf(begun)}\n${textOf(ended)}`;
          for (const each of services) {
            const isFailed = failed.includes(each);
            expect([each.label, each.stops]).toEqual([each.label, isFailed ? 0 : 1]);
            const times = (text: string): number => printed.split(text).length - 1;
            expect(times(`start of ${each.label}`)).toBe(isFailed ? 1 : 0);
            expect(times(`stop of ${each.label}`)).toBe(!isFailed && each.plan.stop === 'throws' ? 1 : 0);
            const died = begun === undefined && each.plan.start === 'dies' ? 1 : 0;
            expect(deaths.filter(text => text.includes(`death of ${each.label}`))).toHaveLength(died);
            if (late.includes(each)) expect(textOf(begun)).toContain(`"${each.label}"`);
            if (!isFailed && each.plan.stop === 'hangs') expect(printed).toContain(`"${each.label}"`);
          }
          expect(runner.services).toEqual([]);
          await loop.close();
        }),
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  300_000,
);
