import type * as os from 'node:os';
import { captured } from './capture/captured';

export const { constants, networkInterfaces, tmpdir } = captured(
  'os',
  () => require('node:os') as typeof os,
  'constants',
  'networkInterfaces',
  'tmpdir',
);
