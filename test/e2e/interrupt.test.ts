import { CASES } from './interrupt-cases';
import { testInterrupts } from './interrupts';

// Windows knows no signals between processes.
const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('Ctrl-C', () => testInterrupts(Object.keys(CASES)));
