import { command, folder, useFolder, write } from './command';

useFolder();

test('a misspelt flag of ours is an error that names it; one of Jest stays with Jest', () => {
  write({
    'package.json': '{ "jest": { "preset": "jest-loop", "transform": {} } }',
    'a.test.js': "test('a', () => {});",
  });
  const misspelt: [args: string[], meant: string][] = [
    [['--setupshow', '-i'], 'Unknown flag --setupshow.*did you mean "--setup-show"?'],
    [['-i', '--timelin=a.html'], 'Unknown flag --timelin.*did you mean "--timeline"?'],
    [['--setup-plans'], 'Unknown flag --setup-plans.*did you mean "--setup-plan"?'],
    [['--race', '5'], 'Unknown flag --race.*did you mean "--races"?'],
    [['--defaultAsyncTimout', '5'], 'did you mean "--default-async-timeout"?'],
    [['--no-setupShows'], 'did you mean "--setup-show"?'],
    [['-setup-show'], 'Unknown flag -setup-show.*did you mean "--setup-show"?'],
  ];
  for (const [args, expected] of misspelt) {
    const { code, out, err } = command(args, folder);
    const [flag, fix = flag] = expected.split('.*');
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(flag!)]);
    expect(err).toContain(fix);
  }
  const jests = [
    '--show-seed',
    '--bail=1',
    '--no-cache',
    '--env',
    'jest-loop/environment',
    '--testEnvironmentOptions.a',
    'b',
  ];
  expect(
    command([...jests, '--setupShow', '--default-async-timeout=90000', '--', '--setupshow|a'], folder),
  ).toEqual({
    code: 0,
    out: expect.stringContaining('a.test.js'),
    err: expect.stringContaining('PASS'),
  });
  expect(command(['--rootDirs', '.'], folder).err).toContain('Did you mean "rootDir"?');
});
