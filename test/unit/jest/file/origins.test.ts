import { Origins } from '../../../../src/jest/file/origins';

test('counts the declarations of a name in each file', () => {
  const origins = new Origins();
  const all = ['/a db', '/a db', '/b db', '/a port', '/a db'].map(each => {
    const [file, name] = each.split(' ');
    return origins.next(name!, file);
  });
  expect(all).toEqual([
    { file: '/a', nth: 0 },
    { file: '/a', nth: 1 },
    { file: '/b', nth: 0 },
    { file: '/a', nth: 0 },
    { file: '/a', nth: 2 },
  ]);
});

test('declarations of a test file have no origin', () => {
  expect(new Origins().next('db', undefined)).toBeUndefined();
});
