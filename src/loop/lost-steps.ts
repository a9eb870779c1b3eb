import { subscribe } from '../node/diagnostics-channel';
import { processState } from '../process/process-state';
import { currentStep, runIn, type Step } from './steps/step';

/** On the `emit` that this file made. */
const KEPT = Symbol('jest-loop.kept');

type Emit = (this: NodeJS.EventEmitter, ...args: unknown[]) => unknown;

/**
 * Keeps the step where Node loses the async context of an emitter. The sockets that a server accepts lose it, though
 * the server does not: what they emit happens in the step that made the server listen, as does what an HTTP server emits
 * for a connection. The `exit` of a thread has it, but Node reports what its listeners throw outside of it. Nothing else
 * changes, and only where it is lost.
 */
export function keepLostSteps(): void {
  if (processState.keepsLostSteps) return;
  processState.keepsLostSteps = true;
  subscribe('net.server.socket', message =>
    keepSocket((message as { readonly socket: NodeJS.EventEmitter }).socket),
  );
  subscribe('worker_threads', message =>
    keepThread((message as { readonly worker: NodeJS.EventEmitter }).worker),
  );
}

function keepSocket(socket: NodeJS.EventEmitter & { readonly server?: NodeJS.EventEmitter | null }): void {
  const step = currentStep();
  if (step?.tracks !== true) return;
  keepStep(socket, step);
  // An HTTP server emits `upgrade` and `connect` from the connection's parser, without the context of either.
  const { server } = socket;
  if (server && !(KEPT in server.emit)) keepStep(server, step);
}

function keepStep(emitter: NodeJS.EventEmitter, step: Step): void {
  const emit = emitter.emit as Emit;
  replaceEmit(emitter, function (...args) {
    if (currentStep()?.tracks === true) return Reflect.apply(emit, this, args);
    return reporting(step, 'Exception in a listener of a socket', () =>
      runIn(step, () => Reflect.apply(emit, this, args)),
    );
  });
}

function keepThread(worker: NodeJS.EventEmitter): void {
  const step = currentStep();
  if (step?.tracks !== true) return;
  const emit = worker.emit as Emit;
  replaceEmit(worker, function (...args) {
    if (args[0] !== 'exit') return Reflect.apply(emit, this, args);
    return reporting(step, 'Exception in a listener of a thread', () => Reflect.apply(emit, this, args));
  });
}

/** Outside of the step, where Node would report it, an exception has no owner. */
function reporting(step: Step, message: string, emit: () => unknown): unknown {
  try {
    return emit();
  } catch (exception) {
    const { loop } = step;
    if (loop === null) throw exception;
    loop.report({ message, exception }, step);
    return true;
  }
}

function replaceEmit(emitter: NodeJS.EventEmitter, value: Emit): void {
  Object.defineProperty(value, KEPT, { value: true });
  Object.defineProperty(emitter, 'emit', {
    value,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}
