// Each fails the first times; its tests are run again until it is up.
for (const [scope, fails] of [
  ['describe', 1],
  ['file', 2],
  ['directory', 1],
  ['worker', 2],
  ['session', 1],
]) {
  let tries = 0;
  fixture(`${scope}Wide`, { scope }, () => {
    if (++tries <= fails) throw new Error(`${scope} failed ${tries}`);
    return tries;
  });
}
