import { EventEmitter } from 'node:events';
import { exitInterrupted, exitSoon } from '../../../../src/jest/interrupt/exit-interrupted';

class FakeProcess extends EventEmitter {
  exitCode: number | undefined;
  readonly exited: (number | undefined)[] = [];
  exit = (code?: number): void => {
    if (code !== undefined) this.exitCode = code;
    this.emit('exit', this.exitCode);
    this.exited.push(this.exitCode);
  };
}

const target = (): FakeProcess & NodeJS.Process => new FakeProcess() as FakeProcess & NodeJS.Process;

test.each([[0], [1], [undefined]])('the process exits with 130 instead of %s', code => {
  const fake = target();
  exitInterrupted(fake);
  fake.exit(code);
  expect(fake.exited).toEqual([130]);
});

test('a code that Jest sets in an exit listener does not count', () => {
  const fake = target();
  exitInterrupted(fake);
  fake.on('exit', () => {
    fake.exitCode = 1;
  });
  fake.exit();
  expect(fake.exited).toEqual([130]);
});

test('nor does it if the process exits by itself', () => {
  const fake = target();
  exitInterrupted(fake);
  fake.on('exit', () => {
    fake.exitCode = 1;
  });
  fake.emit('beforeExit', 130);
  fake.emit('exit', 130);
  expect(fake.exitCode).toBe(130);
});

test('a process that is kept alive exits after a second', () => {
  jest.useFakeTimers();
  // `exitSoon` takes the global timer when it is called.
  const fake = target();
  exitSoon(fake);
  jest.advanceTimersByTime(999);
  expect(fake.exited).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(fake.exited).toEqual([130]);
});
