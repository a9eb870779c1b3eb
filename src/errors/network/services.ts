import * as json from '../../node/json';
import { layOut, type Problem } from '../problem';
import { show } from '../show';
import type { Declared } from '../site';
import { declared } from '../words';

function textOf(error: unknown): string {
  const { stack, message } = Object(error) as Partial<Error>;
  if (typeof stack === 'string' && stack !== '') return stack.split('\n')[0]!;
  return typeof message === 'string' ? message : show(error);
}

/** A command whose arguments may be whole programs. */
function onOneLine(command: string): string {
  const line = command.replace(/\s*\n\s*/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function startedAt(place: string | undefined): string | undefined {
  return place === undefined ? undefined : `started at ${place}`;
}

/** The outputs of processes, each below what it is. */
function shown(outputs: readonly string[]): string[] {
  return outputs.flatMap(output => {
    const [head, ...lines] = output.split('\n');
    return [head!, ...lines.map(line => `| ${line}`)];
  });
}

/** What is no service. */
export function invalidService(call: string, got: unknown): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `${call} expected a Service, got ${show(got)}.`,
      [],
      typeof got === 'function'
        ? 'give an instance: new MyService().'
        : 'extend Service, or give an object with a start() method.',
    ),
  };
}

/** An option or argument of another kind. */
export function invalidServiceArgument(call: string, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(`${call} expected ${expected}, got ${show(got)}.`, [], `give ${expected}.`),
  };
}

/** The same for the value of a fixture. */
export function invalidServiceFixture(declaration: Declared, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `${declaration.name} expected ${expected}, got ${show(got)}.`,
      [declared(declaration)],
      `give ${expected}.`,
    ),
    frames: declaration.site.frames,
  };
}

/** A key that is nearly an option. */
export function misspeltServiceOption(
  call: string,
  key: string,
  meant: string,
  known: readonly string[],
): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `${call} got unknown option "${key}".`,
      [`Known options: ${known.join(', ')}`],
      `write "${meant}".`,
    ),
  };
}

/** What failed as services started or stopped: a service, or a handler of a signal. */
export interface ServiceFailure {
  /** What failed: `start()`, `stop()`, or a handler. */
  readonly kind: 'start' | 'stop' | 'handler';
  /** Of the service, or of the signal. */
  readonly name: string;
  readonly error: unknown;
  /** How many services failed so. @default 1 */
  readonly count?: number;
}

function whatFailed({ kind, name }: ServiceFailure): string {
  return kind === 'handler' ? `A handler of ${name} failed` : `Service "${name}" failed to ${kind}`;
}

/** `2 services failed to start, 1 to stop, and 1 handler failed`. */
function countsOf(failures: readonly ServiceFailure[]): string {
  const count = (wanted: ServiceFailure['kind']): number =>
    failures.reduce((sum, each) => sum + (each.kind === wanted ? (each.count ?? 1) : 0), 0);
  const some = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  const [starts, stops, handlers] = [count('start'), count('stop'), count('handler')];
  const services = [starts > 0 && `${some(starts, 'service')} failed to start`];
  if (stops > 0) services.push(starts > 0 ? `${stops} to stop` : `${some(stops, 'service')} failed to stop`);
  if (handlers > 0) services.push(`${some(handlers, 'handler')} failed`);
  return services.filter(each => each !== false).join(', ');
}

/** Services that failed to start or stop. */
export function servicesFailed(
  phase: 'start' | 'stop',
  failures: readonly ServiceFailure[],
  place?: string,
  outputs: readonly string[] = [],
): Problem {
  const [first] = failures;
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      failures.length === 1 ? `${whatFailed(first!)}: ${textOf(first!.error)}` : `${countsOf(failures)}.`,
      [
        ...(failures.length === 1
          ? []
          : failures.map(
              ({ kind, name, error }) =>
                `${kind === 'handler' ? `a handler of ${name}` : `"${name}"`}: ${textOf(error)}`,
            )),
        startedAt(place),
        ...shown(outputs),
      ],
      phase === 'start'
        ? 'see what each of them threw; the services that had started were stopped.'
        : 'see what each of them threw; all other services were stopped.',
    ),
  };
}

/** The time is up, and some are not ready. */
export function servicesNotReady(
  ms: number,
  names: readonly string[],
  place: string | undefined,
  outputs: readonly string[],
): Problem {
  const list = names.map(name => `"${name}"`).join(', ');
  return {
    code: 'ERR_SERVICE_TIMEOUT',
    message: layOut(
      `${names.length === 1 ? 'Service' : 'Services'} ${list} did not get ready within ${ms} ms.`,
      [startedAt(place), ...shown(outputs)],
      'call this.started() when the service is ready, let start() return, or raise `entrypointOptions.startTimeout`.',
    ),
  };
}

/** The time is up, and some have not stopped. */
export function servicesNotStopped(ms: number, names: readonly string[]): Problem {
  const list = names.map(name => `"${name}"`).join(', ');
  return {
    code: 'ERR_SERVICE_TIMEOUT',
    message: layOut(
      `${names.length === 1 ? 'Service' : 'Services'} ${list} did not stop within ${ms} ms.`,
      [],
      'let stop() end what the service waits for, or raise `entrypointOptions.stopTimeout`.',
    ),
  };
}

/** One that had started has failed. */
export function serviceDied(name: string, error: unknown, place: string | undefined): Problem {
  return {
    code: 'ERR_SERVICE_DIED',
    message: layOut(
      `Service "${name}" died: ${textOf(error)}`,
      [startedAt(place)],
      'see the cause; a service that may end early must not throw from start().',
    ),
  };
}

/** A context value that nothing has set. */
export function contextClosed(key: string): Problem {
  return {
    code: 'ERR_SERVICE_CONTEXT',
    message: layOut(
      `The context value ${json.stringify(key)} was never set: the entrypoint has ended.`,
      [],
      `let a service call context.set(${json.stringify(key)}, value), or give it in the fixture defaultContext.`,
    ),
  };
}

/** A handler is connected too late. */
export function signalFrozen(name: string): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `The signal ${name} is frozen: the entrypoint has started.`,
      [],
      `connect the handler in the start() of a service, or give it as \`${name}\` in the fixture entrypointOptions.`,
    ),
  };
}

/** A handler that is no function. */
export function invalidHandler(name: string, got: unknown): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `${name}.connect() expected a function, got ${show(got)}.`,
      [],
      'give an async function.',
    ),
  };
}

/** A member of a service that no entrypoint has started. */
export function serviceNotAttached(name: string, member: string): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(
      `Service "${name}" has no ${member}: no entrypoint has started it.`,
      [],
      'use it in start() or stop(), or start the service with entrypoint.startServices().',
    ),
  };
}

/** An entrypoint that is used after its end. */
export function entrypointEnded(call: string): Problem {
  return {
    code: 'ERR_SERVICE',
    message: layOut(`${call}: the entrypoint has ended.`, [], 'make a new one: each test has its own.'),
  };
}

/** A child process that ended by itself. */
export function processEnded(
  command: string,
  how: string,
  phase: 'before it was ready' | 'while it was needed',
  output: string,
): Problem {
  return {
    code: 'ERR_SERVICE_DIED',
    message: layOut(
      `${onOneLine(command)} ended ${phase} (${how}).`,
      output === '' ? [] : ['its last output:', ...output.split('\n').map(line => `| ${line}`)],
      'run the command by hand to see why it ends.',
    ),
  };
}
