/* Each realm has its own: these are captured in the loading realm, before user code runs. */

export const all: typeof Promise.all = Promise.all.bind(Promise);
export const allSettled: typeof Promise.allSettled = Promise.allSettled.bind(Promise);
export const race: typeof Promise.race = Promise.race.bind(Promise);
export const reject: typeof Promise.reject = Promise.reject.bind(Promise);
export const resolve: typeof Promise.resolve = Promise.resolve.bind(Promise);
