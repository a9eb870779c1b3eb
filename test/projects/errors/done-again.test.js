const { EventEmitter } = require('node:events');
const { log } = require('../log');

const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const bus = new EventEmitter();
bus.setMaxListeners(0);
let kept;
/** Keeps `done`, calls it, and lets it be called again with each message and after the end. */
const keep = done => {
  kept = done;
  bus.on('message', () => done());
  done();
  setTimeout(done, 5);
};

describe('called again after the end, it is nothing', () => {
  beforeAll(keep);
  beforeEach(keep);
  afterEach(keep);
  afterAll(keep);
  test('of a test', keep);
  test.each([1])('of row %i', (_, done) => keep(done));
  test('while another test runs', () => wait(20));
  test('called by another test', () => {
    bus.emit('message');
  });
  test('that failed', done => {
    keep(() => {});
    kept = done;
    done(new Error('first'));
    setTimeout(done, 5, new Error('second'));
  });
  test('is the error of the one that failed', () => wait(20));
});

describe('with an error after the end', () => {
  test('of a test', keep);
  test('by another test, it is an error of the first', () => kept(new Error('after the end')));
  test.each([2])('of row %i', (_, done) => keep(done));
  test('a text by another test as well', () => kept('a text'));
  describe('of a hook', () => {
    beforeEach(keep);
    test('it is an error of its test', () => kept(new Error('after the end of the hook')));
  });
  describe('of beforeAll', () => {
    let ofAll;
    beforeAll(done => {
      ofAll = done;
      done();
    });
    test('it is an error of the file', () => ofAll(new Error('after the end of beforeAll')));
  });
});

describe('while it is open', () => {
  test('a second call is a mistake', done => {
    done();
    try {
      done();
    } catch ({ message }) {
      log(message);
    }
  });
});
