import * as fc from 'fast-check';

// A random seed each time, but not in CI, where a red build is to be the change's fault. A failure prints its seed.
const { PROPERTY_SEED } = process.env;
if (PROPERTY_SEED) fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

export * from 'fast-check';
