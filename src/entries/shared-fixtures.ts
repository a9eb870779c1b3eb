/* Loaded when a test needs the first shared fixture; most runs never load it. */
export * from '../jest/shared';
