const { fixture } = require('jest-loop');
const ask = require('../ask');

class Own {
  static closed = 0;
  constructor(size) {
    this.size = size;
  }
  async run(_work, args) {
    return `own ${this.size}: ${args}`;
  }
  async close() {
    Own.closed++;
  }
}

fixture('threadPoolExecutor', { scope: 'directory' }, () => Own);
fixture('inDirectory', { scope: 'directory' }, async ({ eventLoop }) => ask(eventLoop));
fixture('closed', { scope: 'directory' }, () => () => Own.closed);
