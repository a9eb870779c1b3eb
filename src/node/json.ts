/** Each realm has its own: these are of the realm in which this is loaded, before the user's code is. */
export const { parse, stringify } = JSON;
