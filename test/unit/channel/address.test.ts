import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { folderOf, makeAddress } from '../../../src/channel/address';

test('each address is new, and nothing is on disk yet', () => {
  const [a, b] = [makeAddress(), makeAddress()];
  expect(a.address).not.toBe(b.address);
  expect(a.token).not.toBe(b.token);
  expect(a.token).toMatch(/^[0-9a-f]{64}$/);
  expect(a.address).toBe(`${a.folder}/s`);
  expect(a.folder!.startsWith(tmpdir())).toBe(true);
  expect(a.folder).toMatch(/jest-loop-[0-9a-f]{16}$/);
  expect(existsSync(a.folder!)).toBe(false);
});

test('a temporary folder with too long a path is not used', () => {
  const fits = `/${'x'.repeat(73)}`;
  expect(makeAddress('linux', fits).address).toHaveLength(103);
  expect(makeAddress('linux', fits).folder!.startsWith(fits)).toBe(true);
  expect(makeAddress('linux', `${fits}x`).address).toMatch(/^\/tmp\/jest-loop-[0-9a-f]{16}\/s$/);
  expect(makeAddress('darwin', `/${'ä'.repeat(60)}`).address).toMatch(/^\/tmp\//);
});

test('on Windows it is a pipe, which needs no folder', () => {
  const { address, folder } = makeAddress('win32');
  expect(address).toMatch(/^\\\\\.\\pipe\\jest-loop-[0-9a-f]{16}$/);
  expect(folder).toBeUndefined();
  expect(folderOf(address)).toBeUndefined();
  expect(folderOf('/tmp/a/s')).toBe('/tmp/a');
});
