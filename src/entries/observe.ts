/* Loaded when a reader wants the stream of events; most runs never load it. */
export * from '../jest/observe';
