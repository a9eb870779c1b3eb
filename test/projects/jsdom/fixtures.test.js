const { log, logged } = require('../log');

fixture('page', { scope: 'file' }, async function* () {
  document.body.innerHTML = '<main></main>';
  log('page up');
  yield document.querySelector('main');
  log(`page down: ${document.querySelectorAll('p').length} paragraphs`);
});
fixture('section', { scope: 'describe' }, async function* ({ page }) {
  const section = document.createElement('section');
  page.append(section);
  log('section up');
  yield section;
  section.remove();
  log('section down');
});
fixture('button', async function* ({ page }) {
  const button = document.createElement('button');
  page.append(button);
  await null;
  log('button up');
  yield button;
  button.remove();
  log('button down');
});

beforeEach(({ page }) => log(`beforeEach ${page.tagName}`));
test('a fixture of each test', async ({ button }) => {
  let clicked = 0;
  button.addEventListener('click', () => clicked++);
  button.click();
  expect(clicked).toBe(1);
  expect(document.querySelectorAll('button')).toHaveLength(1);
});
describe('block', () => {
  test.each([1, 2])('shares a section: %i', (n, { section, button }) => {
    section.append(document.createElement('p'));
    expect(section.children).toHaveLength(n);
    expect(button.isConnected).toBe(true);
  });
});
test('what was removed is gone', ({ page }) => {
  expect(page.innerHTML).toBe('');
});
test('it is a window, and Jest picks what is meant for browsers', ({ request }) => {
  expect(window).toBe(globalThis);
  expect(location.href).toBe('http://localhost/');
  expect(request.test.name).toContain('it is a window');
  expect(() => require('jest-loop').newEventLoop().createFuture().setResult()).not.toThrow();
});
