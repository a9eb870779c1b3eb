import { inRealm } from './in-realm';

export const { captureStackTrace } = inRealm('stack-trace', () => ({
  captureStackTrace: Error.captureStackTrace,
}));
