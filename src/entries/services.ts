/* Loaded in the realm of its user when the first of it is needed. */
export { fixtures, values } from '../services/built-ins';
export { ProcessService } from '../services/process';
export { HttpServerService, TcpServerService } from '../services/servers';
export { Service } from '../services/service';
