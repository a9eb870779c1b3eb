import { stringify } from '../../node/json';
import { layOut, type Problem } from '../problem';
import { MAIN, mega } from './lost';

/** A lost connection; `reason` is one of `LOST`. */
export function connectionLost(peer: string, reason: string): Problem {
  return {
    code: 'ERR_CHANNEL_LOST',
    message: layOut(
      `The connection to ${peer} was lost: ${reason}.`,
      [],
      'check whether that process crashed, was killed or ran out of memory.',
    ),
  };
}

/** Nothing listens at the address. */
export function unreachable(address: string, ms: number, reason: string): Problem {
  return {
    code: 'ERR_CHANNEL_REFUSED',
    message: layOut(
      `${MAIN} could not be reached within ${ms} ms.`,
      [`address: ${address}`, reason],
      'check that it is still running and that its temporary folder exists.',
    ),
  };
}

/** The other end refused this process. */
export function refused(address: string): Problem {
  return {
    code: 'ERR_CHANNEL_REFUSED',
    message: layOut(
      `${MAIN} refused the connection.`,
      [`address: ${address}`],
      'a process may only talk to the run that started it; do not pass JEST_LOOP_* variables to another run.',
    ),
  };
}

/** A message above the size limit. */
export function tooLargeToSend(what: string, size: number, limit: number): Problem {
  return message(
    `The ${what} is too large to send to another process: ${mega(size)}; the limit is ${mega(limit)}.`,
    'send a file path, or an address to fetch the data from.',
  );
}

/** A message with something that cannot be sent; `place` is its path inside the value. */
export function notSendable(what: string, place: string, found: string): Problem {
  return message(
    `The ${what} cannot be sent to another process: ${place} is ${found}.`,
    'send what structuredClone() can copy: no functions, sockets, proxies or WeakMaps.',
  );
}

/** A request that the other end does not know. */
export function unknownRequest(method: string): Problem {
  return message(
    `Unknown request ${stringify(method)}.`,
    'check that both processes use the same version of jest-loop.',
  );
}

function message(what: string, fix: string): Problem {
  return { code: 'ERR_CHANNEL_MESSAGE', message: layOut(what, [], fix) };
}
