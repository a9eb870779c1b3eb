import type * as fs from 'node:fs';
import { captured } from './captured';

export const {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} = captured(
  'fs',
  () => require('node:fs') as typeof fs,
  'appendFileSync',
  'chmodSync',
  'existsSync',
  'mkdirSync',
  'readdirSync',
  'readFileSync',
  'rmSync',
  'statSync',
  'writeFileSync',
);
