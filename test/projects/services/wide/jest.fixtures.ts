import { type FixturesOf, fixture, HttpServerService, Service } from 'jest-loop';

/** Lives and runs in the worker. */
class Counts extends Service {
  starts = 0;

  async start(): Promise<void> {
    this.starts++;
    this.context.set('starts', this.starts);
    this.started();
    await new Promise(() => {});
  }
}

export const fixtures = fixture('services', { scope: 'worker' }, () => [
  new Counts(),
  new HttpServerService({ listener: (_, response) => response.end('of the worker') }),
]).fixture('url', ({ services: [, server] }) => (server as HttpServerService).url);

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
