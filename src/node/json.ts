import { inRealm } from './capture/in-realm';

export const { parse, stringify } = inRealm('json', () => ({ parse: JSON.parse, stringify: JSON.stringify }));
