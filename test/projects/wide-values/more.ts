import { fixture } from 'jest-loop';
import { log } from '../wide-log';

// Declared by a module that a setup file imports.
log('more loaded');
fixture('moreOfWorker', { scope: 'worker' }, (_, request) => request.path.split(/[\\/]/).at(-1));
fixture('moreOfSession', { scope: 'session' }, (_, request) => request.path.split(/[\\/]/).at(-1));
