import type * as util from 'node:util';
import { captured, capturedCopy } from './capture/captured';

const load = (): typeof util => require('node:util') as typeof util;

export const { inspect, isDeepStrictEqual, promisify } = captured(
  'util',
  load,
  'inspect',
  'isDeepStrictEqual',
  'promisify',
);
export const types: typeof util.types = capturedCopy('util/types', () => load().types);
