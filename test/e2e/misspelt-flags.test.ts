import { command, folder, useFolder, write } from './command';

useFolder();

test('a misspelt flag of ours is an error that names it; one of Jest stays with Jest', () => {
  write({
    'package.json': '{ "jest": { "preset": "jest-loop", "transform": {} } }',
    'a.test.js': "test('a', () => {});",
  });
  const misspelt: [args: string[], meant: string][] = [
    [['--setupshow', '-i'], 'Unknown flag --setupshow.*write --setup-show.'],
    [['-i', '--timelin=a.html'], 'Unknown flag --timelin.*write --timeline.'],
    [['--setup-plans'], 'Unknown flag --setup-plans.*write --setup-plan.'],
    [['--race', '5'], 'Unknown flag --race.*write --races.'],
    [['--defaultAsyncTimout', '5'], 'write --default-async-timeout.'],
    [['--no-setupShows'], 'write --setup-show.'],
    [['-setup-show'], 'Unknown flag -setup-show.*write --setup-show.'],
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
