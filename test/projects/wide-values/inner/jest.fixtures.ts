import { fixture } from 'jest-loop';
import { logged } from '../../wide-log';

// Inherits the scope and the limit.
fixture('colour', logged('colour of inner'));
// It lives no deeper than where it is declared: what the worker has stays as it was.
fixture('brush', { scope: 'directory' }, async ({ paint, colour }) => `${paint} and ${colour.name}`);
// Wider and narrower ones in one chain, by their own name.
fixture('stack', { scope: 'directory' }, ({ stack }) => [...stack, 'directory']);
