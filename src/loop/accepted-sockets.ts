import { subscribe } from '../node/diagnostics-channel';
import type { Socket } from '../node/net';
import { processState } from '../process/process-state';
import { currentStep, runIn } from './steps/step';

type Emit = (this: Socket, ...args: unknown[]) => unknown;

/**
 * Makes what a server's sockets emit happen in the step that made the server listen: Node loses the async context of
 * the sockets that a server accepts, though not that of the server. Nothing else changes, and only where it is lost.
 */
export function watchSockets(): void {
  if (processState.watchesSockets) return;
  processState.watchesSockets = true;
  subscribe('net.server.socket', message => keepStep((message as { readonly socket: Socket }).socket));
}

function keepStep(socket: Socket): void {
  const step = currentStep();
  if (step?.tracks !== true) return;
  const emit = socket.emit as Emit;
  const inStep: Emit = function (...args) {
    if (currentStep()?.tracks === true) return Reflect.apply(emit, this, args);
    try {
      return runIn(step, () => Reflect.apply(emit, this, args));
    } catch (exception) {
      // Outside of the step, where Node would report it, it has no owner.
      const { loop } = step;
      if (loop === null) throw exception;
      loop.report({ message: 'Exception in a listener of a socket', exception }, step);
      return true;
    }
  };
  Object.defineProperty(socket, 'emit', {
    value: inStep,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}
