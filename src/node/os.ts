import type * as os from 'node:os';
import { captured } from './captured';

export const { tmpdir } = captured('os', () => require('node:os') as typeof os, 'tmpdir');
