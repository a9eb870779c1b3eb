import { Gate } from '../../../../../src/jest/run/state/gate';

const HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Circus' list of handlers, including the one that opens and shuts Jest's gate. */
function circus() {
  const runtime = { isOpen: false, enterTestCode: () => {}, leaveTestCode: () => {} };
  runtime.enterTestCode = () => {
    runtime.isOpen = true;
  };
  runtime.leaveTestCode = () => {
    runtime.isOpen = false;
  };
  const other = jest.fn();
  const handlers = [
    other,
    async (event: { name: string }) => {
      if (event.name === 'test_fn_start') runtime.enterTestCode();
      else if (event.name === 'test_fn_success') runtime.leaveTestCode();
    },
  ];
  const dispatch = async (name: string): Promise<void> => {
    for (const handler of handlers) await handler({ name });
  };
  return { runtime, other, dispatch, gate: new Gate({ [HANDLERS]: handlers }) };
}

test("opens until Jest shuts it, through no handler but Jest's", async () => {
  const { runtime, other, dispatch, gate } = circus();
  gate.open();
  expect(runtime.isOpen).toBe(true);
  expect(other).not.toHaveBeenCalled();
  await dispatch('test_fn_success');
  expect(runtime.isOpen).toBe(false);
});

test('stays open while anything holds it', async () => {
  const { runtime, dispatch, gate } = circus();
  const releases = [gate.hold(), gate.hold()];
  await dispatch('test_fn_success');
  expect(runtime.isOpen).toBe(true);
  // A second release has no effect.
  releases[0]!();
  releases[0]!();
  await dispatch('test_fn_success');
  expect(runtime.isOpen).toBe(true);
  releases[1]!();
  await dispatch('test_fn_success');
  expect(runtime.isOpen).toBe(false);
});

test.each([{}, { [HANDLERS]: 'none' }, { [HANDLERS]: [() => {}] }])(
  'has no effect without such a handler: %p',
  global => {
    const gate = new Gate(global);
    gate.open();
    expect(gate.hold()).toEqual(expect.any(Function));
  },
);
