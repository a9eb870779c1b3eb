const on = (name, ...backend) => test(name, { backend }, async () => {});

on('an unknown name', 'kaos');
on('a negative seed', 'chaos', { seed: -1 });
on('half a seed', 'chaos', { seed: 0.5 });
on('a seed as text', 'chaos', { seed: '4711' });
on('a negative window', 'chaos', { window: -5 });
on('an endless window', 'chaos', { window: Infinity });
on('a window as text', 'chaos', { window: '5ms' });
on('a negative threshold', 'chaos', { threshold: -1 });
on('an unknown option', 'chaos', { sed: 4711 });
on('a seed on virtual time', 'virtual', { seed: 4711 });
on('a threshold as text', 'virtual', { threshold: '50' });
on('options on real time', 'node', { threshold: 50 });

test('in the Loop of the file', { backend: 'virtual', loopScope: 'file' }, async () => {});
describe('where all share one', () => {
  mark.loopScope('worker');
  test.backend('chaos')('a test of its own', async () => {});
});
