/* Loaded when the first fixture that outlives its test file is needed: most runs never load it. */
export * from '../jest/shared';
