import { inRealm } from './capture/in-realm';

export const { captureStackTrace } = inRealm('stack-trace', () => ({
  captureStackTrace: Error.captureStackTrace,
}));
