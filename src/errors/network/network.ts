import { layOut, type Problem } from '../problem';
import { show } from '../show';

function invalid(what: string, fix: string): Problem {
  return { code: 'ERR_NETWORK_ARGUMENT', message: layOut(what, [], fix) };
}

/** A port that is none. */
export function invalidPort(call: string, name: string, got: unknown, from: number): Problem {
  return invalid(
    `${call} needs a port for ${name}, got ${show(got)}.`,
    `give an integer from ${from} to 65535${from === 0 ? ' (0 lets the system choose)' : ''}.`,
  );
}

/** What a port factory is called with. */
export function invalidFamily(call: string, got: unknown): Problem {
  return invalid(
    `${call} expected { family: 4 } or { family: 6 }, got ${show(got)}.`,
    'leave `family` out for a port that is free on IPv4 and IPv6.',
  );
}

/** A port or socket that is requested after the end of its scope. */
export function factoryEnded(call: string): Problem {
  return {
    code: 'ERR_NETWORK_STATE',
    message: layOut(
      `${call} was called after the end of its scope.`,
      [],
      'await it in the test or fixture that requested it.',
    ),
  };
}

/** The system has no free port, or no such address. */
export function noPort(call: string, why: string): Problem {
  return {
    code: 'ERR_NETWORK_STATE',
    message: layOut(
      `${call} found no port: ${why}.`,
      [],
      'check the limits of open files and of ephemeral ports.',
    ),
  };
}

/** A host that is no text. */
export function invalidHost(call: string, name: string, got: unknown): Problem {
  return invalid(
    `${call} needs a host name or address for ${name}, got ${show(got)}.`,
    "give a text such as '127.0.0.1'.",
  );
}

/** An option or argument of another kind. */
export function invalidNetworkArgument(call: string, expected: string, got: unknown): Problem {
  return invalid(`${call} expected ${expected}, got ${show(got)}.`, `give ${expected}.`);
}

/** A content processor returned anything but bytes. */
export function invalidProcessorResult(direction: 'read' | 'write', got: unknown): Problem {
  return {
    code: 'ERR_NETWORK_ARGUMENT',
    message: layOut(
      `The ${direction} processor of a TcpProxy returned ${show(got)} instead of bytes.`,
      [],
      'return a Buffer, or a promise of one; to drop a chunk, return an empty Buffer.',
    ),
  };
}

/** A proxy is used before `start()` or after `close()`. */
export function proxyNotRunning(call: string, state: 'not started' | 'closed'): Problem {
  return {
    code: 'ERR_NETWORK_STATE',
    message: layOut(
      `${call}: the TcpProxy is ${state}.`,
      [],
      state === 'closed'
        ? 'make a new TcpProxy: a closed one stays closed.'
        : 'call `await proxy.start()` first.',
    ),
  };
}

/** `start()` or `close()` took too long. */
export function proxyTimeout(call: 'start' | 'close', ms: number, open: readonly string[]): Problem {
  return {
    code: 'ERR_NETWORK_TIMEOUT',
    message: layOut(
      `TcpProxy.${call}() took longer than ${ms} ms.`,
      open.map(each => `still open: ${each}`),
      call === 'close'
        ? 'let the content processors end, or give close({ timeout }) more time.'
        : 'check the listening host, or give start({ timeout }) more time.',
    ),
  };
}
