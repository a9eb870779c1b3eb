import type * as url from 'node:url';
import { captured } from './capture/captured';

export const { fileURLToPath, pathToFileURL } = captured(
  'url',
  () => require('node:url') as typeof url,
  'fileURLToPath',
  'pathToFileURL',
);
