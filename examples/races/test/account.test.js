const { Account, FixedAccount } = require('../src/account');

class Store {
  balance = 0;

  read() {
    const { balance } = this;
    return new Promise(resolve => setImmediate(() => resolve(balance)));
  }

  async write(balance) {
    this.balance = balance;
  }
}

test.each([
  ['broken', Account],
  ['fixed', FixedAccount],
])('a %s account keeps both deposits', async (_, Kind) => {
  const store = new Store();
  const account = new Kind(store);
  const first = account.deposit(10);
  const second = new Promise(resolve => setImmediate(() => resolve(account.deposit(5))));
  await Promise.all([first, second]);
  expect(store.balance).toBe(15);
});
