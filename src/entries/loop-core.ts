/* The Loop core as test files get it: loaded into the realm of those that use a Loop. */
export * from '../loop/sandbox-core';
