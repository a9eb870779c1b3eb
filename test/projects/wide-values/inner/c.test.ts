import { log } from '../../wide-log';

test('another file of the directory', ({ colour, brush, connection }) => {
  expect(brush).toBe('paint: colour of setup and colour of inner');
  log(`connection called by ${connection.calls}`);
  connection.calls.push('c');
});
test('the setup colour is none of it', async ({ request }) => {
  expect((await request.get('colour')).name).toBe('colour of inner');
});
