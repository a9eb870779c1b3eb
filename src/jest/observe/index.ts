/* The part of the stream of events that is loaded when a reader wants it. */
export { FileObserver } from './file-observer';
export { endRecording, startForReporter, startRecording, wantTimeline } from './start-recording';
