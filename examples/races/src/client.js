// A client that reconnects when its connection drops.

const PAUSE = 50;
const HEARTBEAT = 1000;

/** The race: a client that is closed while it dials starts its heartbeat afterwards. */
class Client {
  constructor(dial) {
    this.dial = dial;
  }

  async connect() {
    this.connection = await this.dial();
    this.startHeartbeat();
  }

  startHeartbeat() {
    this.heartbeat = setInterval(() => this.connection.ping(), HEARTBEAT);
  }

  drop() {
    clearInterval(this.heartbeat);
    this.retry = setTimeout(() => this.connect(), PAUSE);
  }

  close() {
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
  }
}

/** Looks again after the wait. */
class FixedClient extends Client {
  closed = false;

  startHeartbeat() {
    if (!this.closed) super.startHeartbeat();
  }

  close() {
    this.closed = true;
    super.close();
  }
}

module.exports = { Client, FixedClient };
