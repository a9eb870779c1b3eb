import type * as path from 'node:path';
import { captured } from './capture/captured';

const load = (): typeof path => require('node:path') as typeof path;

export const { basename, dirname, extname, isAbsolute, normalize, resolve, sep } = captured(
  'path',
  load,
  'basename',
  'dirname',
  'extname',
  'isAbsolute',
  'normalize',
  'resolve',
  'sep',
);
const node = captured('path', load, 'join', 'relative');
const posixOnly = sep === '/';

/** Node's own calls the current `path.normalize`. */
export const join: typeof path.join = posixOnly
  ? (...parts) => {
      const joined = parts.filter(part => part !== '').join('/');
      return joined === '' ? '.' : normalize(joined);
    }
  : node.join;

/** Node's own calls the current `path.resolve`. */
export const relative: typeof path.relative = posixOnly
  ? (from, to) => {
      const [above, below] = [from, to].map(each => resolve(each).split('/').filter(Boolean)) as [
        string[],
        string[],
      ];
      let same = 0;
      while (same < above.length && above[same] === below[same]) same++;
      return [...above.slice(same).fill('..'), ...below.slice(same)].join('/');
    }
  : node.relative;

export const posix: Pick<path.PlatformPath, 'dirname' | 'join'> = {
  dirname: posixOnly ? dirname : load().posix.dirname,
  join: posixOnly ? join : load().posix.join,
};
