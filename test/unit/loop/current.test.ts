import * as timers from 'node:timers/promises';
import { getEventLoop, getRunningLoop, Loop, newEventLoop, setEventLoop, sleep } from '../../../src/loop';
import { runIn, Step } from '../../../src/loop/steps/step';
import { codeOf } from '../support';
import { newLoop, Recorder, turn } from './support';

afterEach(() => setEventLoop(undefined));

const name = (): string => {
  try {
    return getRunningLoop().name;
  } catch {
    return 'none';
  }
};

describe('getRunningLoop', () => {
  test('throws without one', async () => {
    expect(() => getRunningLoop()).toThrow('getRunningLoop() found no running Loop.');
    expect(await codeOf(getRunningLoop)).toBe('ERR_LOOP_NONE');
    setEventLoop(newLoop());
    expect(() => getRunningLoop()).toThrow('found no running Loop');
  });
});

describe('getEventLoop', () => {
  test('returns the running one, else the one from setEventLoop', async () => {
    const [running, set] = [newLoop(), newLoop()];
    expect(() => getEventLoop()).toThrow('getEventLoop() found no running Loop.');
    setEventLoop(set);
    expect(getEventLoop()).toBe(set);
    expect(running.run(() => getEventLoop())).toBe(running);
    setEventLoop(undefined);
    expect(await codeOf(getEventLoop)).toBe('ERR_LOOP_NONE');
  });

  test('a Loop that a test sets lasts until its end', () => {
    const [outside, inside] = [newLoop(), newLoop()];
    setEventLoop(outside);
    const { step } = new Recorder(null);
    runIn(step, () => {
      expect(getEventLoop()).toBe(outside);
      setEventLoop(inside);
      expect(getEventLoop()).toBe(inside);
      expect(runIn(new Step('inner', null, step), () => getEventLoop())).toBe(inside);
    });
    expect(getEventLoop()).toBe(outside);
    step.reset();
    expect(runIn(step, () => getEventLoop())).toBe(outside);
  });

  test('a Loop set in a call is visible in the calls within it', () => {
    const [loop, inner, set] = [newLoop(), newLoop(), newLoop()];
    loop.run(() => {
      setEventLoop(set);
      inner.run(() => {
        using(new Loop({ newLoop: false }), () => expect(getEventLoop()).toBe(set));
      });
    });
  });

  test('is forbidden under the marker, with any Loop', async () => {
    const loop = newLoop();
    const step = new Step('body', loop, undefined, undefined, { timers: false });
    expect(await codeOf(() => runIn(step, () => getEventLoop()))).toBe('ERR_LOOP_FORBIDDEN');
    expect(() => runIn(step, () => loop.run(() => getEventLoop()))).toThrow('getEventLoop is forbidden');
    expect(runIn(step, () => getRunningLoop())).toBe(loop);
  });

  test('is forbidden in a task that such a body starts, too', async () => {
    const loop = newLoop();
    const step = new Step('body', loop, undefined, undefined, { timers: true });
    const tasks = runIn(step, () => [
      loop.createTask(() => getEventLoop()),
      loop.createTask(() => setTimeout(() => {}, 1)),
      loop.createTask(async () => timers.setTimeout(1)),
      loop.createTask(() => loop.sleep(1)),
    ]);
    const outcomes = await Promise.allSettled(tasks);
    expect(
      outcomes.map(each => (each.status === 'rejected' ? each.reason.message.split('\n')[0] : 'fine')),
    ).toEqual(['getEventLoop is forbidden', 'setTimeout is forbidden', 'setTimeout is forbidden', 'fine']);
  });
});

test('setEventLoop takes a Loop or nothing', () => {
  expect(() => setEventLoop(5 as never)).toThrow(
    'setEventLoop() expects a Loop or undefined, got 5 (number).',
  );
  expect(() => setEventLoop({} as never)).toThrow('setEventLoop() expects a Loop or undefined');
  setEventLoop(null);
});

test('newEventLoop makes a Loop that is not current', async () => {
  const loop = newEventLoop({ name: 'new' });
  expect([loop.name, name()]).toEqual(['new', 'none']);
  await loop.close();
});

describe('sleep', () => {
  test('waits in the running Loop', async () => {
    const loop = newLoop();
    const sleeping = loop.run(() => sleep(1));
    expect([...loop.pending].map(item => item.describe())).toEqual(['sleep(1)']);
    await sleeping;
    await loop.run(() => sleep());
    expect(() => sleep(1)).toThrow('found no running Loop');
  });
});

function using(loop: Loop, fn: () => void): void {
  try {
    fn();
  } finally {
    void loop.close();
  }
}

describe.each<[string, <T>(fn: () => T) => T]>([
  ['in no Loop', fn => fn()],
  ['in a Loop', fn => newLoop({ name: 'around' }).run(fn)],
  ['in a step of a test', fn => new Recorder(newLoop({ name: 'around' })).run(fn)],
])('as a context manager, %s', (where, run) => {
  const around = where === 'in no Loop' ? 'none' : 'around';

  test('newLoop: true is current until its end', () =>
    run(async () => {
      const seen = [name()];
      {
        await using loop = new Loop({ name: 'inner', newLoop: true });
        expect(loop.controlledLoop).toBe(loop);
        seen.push(name());
        await turn();
        seen.push(name());
      }
      seen.push(name());
      expect(seen).toEqual([around, 'inner', 'inner', around]);
    }));

  test('newLoop: false means none', () =>
    run(async () => {
      const seen = [name()];
      {
        await using loop = new Loop({ name: 'inner', newLoop: false });
        expect(loop.controlledLoop).toBe(null);
        seen.push(name());
        expect(await codeOf(() => loop.run(() => 1))).toBe('ERR_LOOP_NONE');
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      seen.push(name());
      expect(seen).toEqual([around, 'none', around]);
    }));

  test('without newLoop nothing changes', () =>
    run(async () => {
      await using loop = new Loop({ name: 'inner' });
      expect(loop.controlledLoop).toBe(loop);
      expect(name()).toBe(around);
    }));

  test('it nests', () =>
    run(async () => {
      const seen: string[] = [];
      {
        await using _one = new Loop({ name: 'one', newLoop: true });
        {
          await using _none = new Loop({ newLoop: false });
          {
            await using _two = new Loop({ name: 'two', newLoop: true });
            seen.push(name());
          }
          seen.push(name());
        }
        seen.push(name());
      }
      expect([...seen, name()]).toEqual(['two', 'none', 'one', around]);
    }));

  test('may be left in another order', () =>
    run(async () => {
      const one = new Loop({ name: 'one', newLoop: true });
      const two = new Loop({ name: 'two', newLoop: true });
      await one.close();
      expect(name()).toBe('two');
      await two.close();
      expect(name()).toBe(around);
    }));

  test('restores after an error', () =>
    run(async () => {
      const failing = async () => {
        await using _loop = new Loop({ newLoop: true });
        throw new Error('boom');
      };
      await expect(failing()).rejects.toThrow('boom');
      expect(name()).toBe(around);
    }));

  test('an explicit close restores, too, and the end does nothing more', () =>
    run(async () => {
      {
        await using loop = new Loop({ name: 'inner', newLoop: true });
        await loop.close();
        expect([name(), loop.closed]).toEqual([around, true]);
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      expect(name()).toBe(around);
    }));

  test('its work ends with it', () =>
    run(async () => {
      const fn = jest.fn();
      {
        await using _loop = new Loop({ newLoop: true });
        setTimeout(fn, 150);
        setInterval(fn, 150);
      }
      await new Promise(resolve => setTimeout(resolve, 200));
      expect(fn).not.toHaveBeenCalled();
    }));

  test('an invalid one changes nothing', () =>
    run(() => {
      expect(() => new Loop({ newLoop: true, backend: 'no' as never })).toThrow('backend');
      expect(name()).toBe(around);
    }));
});
