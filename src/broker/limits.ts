/** Bytes of one message, if nobody says otherwise. */
export const MAX_MESSAGE = 64 * 2 ** 20;
