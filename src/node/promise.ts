/* Each realm has its own: these are of the realm in which this is loaded, before the user's code is. */

export const all: typeof Promise.all = Promise.all.bind(Promise);
export const allSettled: typeof Promise.allSettled = Promise.allSettled.bind(Promise);
export const race: typeof Promise.race = Promise.race.bind(Promise);
export const reject: typeof Promise.reject = Promise.reject.bind(Promise);
export const resolve: typeof Promise.resolve = Promise.resolve.bind(Promise);
