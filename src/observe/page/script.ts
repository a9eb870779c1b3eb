/** What the page does once it is loaded. No text of the run becomes markup. */
export const SCRIPT = `
const rows = JSON.parse(document.getElementById('rows').textContent).filter(row => row !== null);
const of = kind => rows.filter(({ row }) => row === kind);
const page = document.getElementById('page');
const add = (parent, tag, text, name) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name !== undefined) made.className = name;
  parent.append(made);
  return made;
};
const ms = value => value >= 1000 ? (value / 1000).toFixed(2) + ' s' : value.toFixed(value < 10 ? 1 : 0) + ' ms';
const [run] = of('run');
add(page, 'h1', 'jest-loop timeline');
add(page, 'p', run.counts.tests + ' tests in ' + run.counts.files + ' files, ' + run.counts.failed + ' failed; ' +
  ms(run.end - run.begin) + (run.reason === 'done' ? '' : ', ended early: ' + run.reason));
for (const { text } of of('note')) add(page, 'p', text, 'note');
const fixtures = new Map(of('fixture').map(each => [each.id, each]));
const table = add(page, 'table');
add(table, 'caption', 'Fixtures, the dearest first');
const head = add(add(table, 'thead'), 'tr');
for (const title of ['fixture', 'scope', 'set up', 'total', 'set-up', 'median', 'slowest', 'teardown', 'median', 'slowest',
  'share', 'tests', 'asked first', 'declared at']) add(head, 'th', title).scope = 'col';
const body = add(table, 'tbody');
for (const row of of('duration')) {
  const fixture = fixtures.get(row.fixture);
  const line = add(body, 'tr');
  for (const text of [fixture.name, fixture.scope, row.count, ms(row.total), ms(row.setUp.total), ms(row.setUp.median),
    ms(row.setUp.slowest), ms(row.tearDown.total), ms(row.tearDown.median), ms(row.tearDown.slowest),
    (row.share * 100).toFixed(1) + ' %', row.tests, row.askedFirst, fixture.at || 'built in']) add(line, 'td', String(text));
}
`;
