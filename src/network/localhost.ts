import { noPort } from '../errors/network/network';
import { networkInterfaces } from '../node/os';
import { networkError } from './check';

/** The first of `127.0.0.1` and `::1` that the machine has. */
export function localhost(): string {
  let addresses: (string | undefined)[];
  try {
    addresses = Object.values(networkInterfaces()).flatMap(each => each?.map(({ address }) => address));
  } catch {
    // Some sandboxes do not say.
    return '127.0.0.1';
  }
  const found = ['127.0.0.1', '::1'].find(each => addresses.includes(each));
  if (found === undefined) throw networkError(noPort('localhost', 'the machine has no loopback address'));
  return found;
}
