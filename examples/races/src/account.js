// A balance in a store that answers later.

/** The race: two deposits read the same balance, and the second write undoes the first. */
class Account {
  constructor(store) {
    this.store = store;
  }

  async deposit(amount) {
    const balance = await this.store.read();
    await this.store.write(balance + amount);
  }
}

/** One deposit after the other. */
class FixedAccount extends Account {
  last = Promise.resolve();

  deposit(amount) {
    this.last = this.last.then(() => super.deposit(amount));
    return this.last;
  }
}

module.exports = { Account, FixedAccount };
