/** Each realm has its own: these are captured in the loading realm, before user code runs. */
export const { parse, stringify } = JSON;
