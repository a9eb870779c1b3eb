import { processState } from '../process/process-state';

/** A timer among the resources of Node. */
const TIMER = 'Timeout';

/** Resources that wake no code of a test by themselves. The rest may. */
const INERT: ReadonlySet<string> = new Set([
  TIMER,
  'TTYWrap',
  'SignalWrap',
  // Standard streams and the channel to Jest's main process; one that is new is a test's.
  'PipeWrap',
  'Pipe',
]);

/** What ends by itself, and soon. */
const REQUEST = /req|writewrap|shutdownwrap|sendwrap/i;
/** Where more may come in at any time. */
const HANDLE = /socket|pipe|udp|tls|process|worker|messageport|stat|fsevent|http/i;

/** A look at this process. */
export interface Look {
  /** When it was, in real ms. */
  readonly at: number;
  /** The CPU time of all threads so far, in ms: a thread pool at work shows here only. */
  readonly cpu: number;
  /** Something is under way that ends by itself: a file is read, a name is looked up. */
  readonly requests: boolean;
  /** Something is open through which more may come: a socket, a child process. */
  readonly handles: boolean;
  /** Something may still wake the test, now or later: an immediate, whatever is open. */
  readonly mayWake: boolean;
  /** How many real timers there are. */
  readonly timers: number;
  /** Grows with all that comes in and goes out. */
  readonly traffic: number;
}

/** Something that is open: a socket, a child process. */
interface Handle {
  readonly isTTY?: boolean;
  readonly bytesRead?: number;
  readonly bytesWritten?: number;
}

/** The real I/O of this process, as Node shows it. */
export class RealIo {
  /** What was open when the backend started. */
  readonly #atStart = countOf(process.getActiveResourcesInfo());
  readonly #handles = new WeakSet(handles());

  look(): Look {
    const now = countOf(process.getActiveResourcesInfo());
    let requests = false;
    let areOpen = false;
    let mayWake = false;
    for (const [type, count] of now) {
      const isMore = count > (this.#atStart.get(type) ?? 0);
      if (REQUEST.test(type)) requests = true;
      else if (HANDLE.test(type) && (isMore || /socket|udp|tls/i.test(type))) areOpen = true;
      if (!INERT.has(type)) mayWake = true;
    }
    return {
      at: processState.real.now(),
      cpu: cpuTime(),
      requests,
      handles: areOpen,
      mayWake: mayWake || handles().some(handle => !this.#handles.has(handle) && !isTerminal(handle)),
      timers: now.get(TIMER) ?? 0,
      traffic: events() + (areOpen ? bytes() : 0),
    };
  }
}

function countOf(types: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

const timing = performance.nodeTiming as unknown as { readonly uvMetricsInfo?: { readonly events: number } };

/** How many events of I/O Node has handled; before Node 20.18 it does not count them. */
function events(): number {
  return timing.uvMetricsInfo?.events ?? 0;
}

/** What is open. */
function handles(): Handle[] {
  const { _getActiveHandles: all } = process as unknown as { _getActiveHandles?(): Handle[] };
  return all?.call(process) ?? [];
}

/** A terminal: what a user types wakes no test. */
const isTerminal = ({ isTTY }: Handle): boolean => isTTY === true;

/** What has gone through the open sockets. */
function bytes(): number {
  let sum = 0;
  for (const { bytesRead = 0, bytesWritten = 0 } of handles()) sum += bytesRead + bytesWritten;
  return sum;
}

/** How many real timers there are. */
export function realTimers(): number {
  return process.getActiveResourcesInfo().filter(type => type === TIMER).length;
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
