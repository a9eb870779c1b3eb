/* Loaded in the realm of its user when the first of it is needed. */
export { fixtures, values } from '../network/built-ins';
export { TcpProxy } from '../network/tcp-proxy';
