import { worker } from '../process/store';

/** Resources that wake no code of a test by themselves. The rest may. */
const INERT: ReadonlySet<string> = new Set([
  'Immediate',
  'Timeout',
  'TTYWrap',
  'SignalWrap',
  // Standard streams and the channel to Jest's main process; more than at the start are a test's.
  'PipeWrap',
  'Pipe',
]);

/** What ends by itself, and soon. */
const REQUEST = /req|writewrap|shutdownwrap|sendwrap/i;
/** Where more may come in at any time. */
const HANDLE = /socket|pipe|udp|tls|process|worker|messageport|stat|fsevent|http/i;

/** A look at the real I/O of this process. */
export interface Look {
  /** Something is under way that ends by itself: a file is read, a name is looked up. */
  readonly requests: boolean;
  /** Something is open through which more may come: a socket, a child process. */
  readonly handles: boolean;
  /** Something may still wake the test, now or later. */
  readonly mayWake: boolean;
  /** How many real timers there are. */
  readonly timers: number;
  /** Grows with all that comes in and goes out. */
  readonly traffic: number;
}

interface Counted {
  readonly bytesRead?: number;
  readonly bytesWritten?: number;
}

/** The real I/O of this process, as Node shows it. */
export class RealIo {
  /** What was open when the backend started. */
  readonly #atStart = countOf(process.getActiveResourcesInfo());

  look(): Look {
    const now = countOf(process.getActiveResourcesInfo());
    let requests = false;
    let handles = false;
    let mayWake = false;
    for (const [type, count] of now) {
      const isMore = count > (this.#atStart.get(type) ?? 0);
      if (REQUEST.test(type)) requests = true;
      else if (HANDLE.test(type) && (isMore || /socket|udp|tls/i.test(type))) handles = true;
      if (!INERT.has(type) || (isMore && type.startsWith('Pipe'))) mayWake = true;
    }
    return {
      requests,
      handles,
      mayWake,
      timers: now.get('Timeout') ?? 0,
      traffic: events() + (handles ? bytes() : 0),
    };
  }

  /** How many real timers have come since the start. */
  timersSinceStart({ timers }: Look): number {
    return timers - (this.#atStart.get('Timeout') ?? 0);
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

/** What has gone through the open sockets. */
function bytes(): number {
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles?(): Counted[] };
  let sum = 0;
  for (const { bytesRead = 0, bytesWritten = 0 } of handles?.call(process) ?? [])
    sum += bytesRead + bytesWritten;
  return sum;
}

/** The real CPU time of this process, all threads, in ms: a thread pool at work shows here only. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Real milliseconds. */
export function realNow(): number {
  return worker.real.now();
}
