import type * as v8 from 'node:v8';
import { captured, capturedCopy } from './capture/captured';

const load = (): typeof v8 => require('node:v8') as typeof v8;

export const { cachedDataVersionTag, DefaultDeserializer, deserialize, getHeapStatistics, serialize } =
  captured(
    'v8',
    load,
    'cachedDataVersionTag',
    'DefaultDeserializer',
    'deserialize',
    'getHeapStatistics',
    'serialize',
  );
export const promiseHooks: Readonly<typeof v8.promiseHooks> = capturedCopy(
  'v8/promiseHooks',
  () => load().promiseHooks,
);
