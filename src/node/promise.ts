import { inRealm } from './capture/in-realm';

interface Functions {
  readonly all: typeof Promise.all;
  readonly allSettled: typeof Promise.allSettled;
  readonly race: typeof Promise.race;
  readonly reject: typeof Promise.reject;
  readonly resolve: typeof Promise.resolve;
}

export const { all, allSettled, race, reject, resolve } = inRealm(
  'promise',
  (): Functions => ({
    all: Promise.all.bind(Promise),
    allSettled: Promise.allSettled.bind(Promise),
    race: Promise.race.bind(Promise),
    reject: Promise.reject.bind(Promise),
    resolve: Promise.resolve.bind(Promise),
  }),
);
