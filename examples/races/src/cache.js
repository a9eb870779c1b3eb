// Keeps what was loaded, so that it is loaded once.

/** The race: a second `get` during the first load finds nothing yet, and loads again. */
class Cache {
  values = new Map();

  constructor(load) {
    this.load = load;
  }

  async get(key) {
    if (!this.values.has(key)) this.values.set(key, await this.load(key));
    return this.values.get(key);
  }
}

/** Keeps the promise: a load under way counts. */
class FixedCache extends Cache {
  async get(key) {
    if (!this.values.has(key)) this.values.set(key, this.load(key));
    return this.values.get(key);
  }
}

module.exports = { Cache, FixedCache };
