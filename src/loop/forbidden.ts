/** What `forbidGetEventLoop` forbids in the body of a test. */
export interface Forbidden {
  /** Also the timers that take their Loop from where they are called: `setTimeout` … */
  readonly timers: boolean;
}
