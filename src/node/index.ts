/* Captures all that the package uses of Node, before user code runs. */

import './async-hooks';
import './buffer';
import './child-process';
import './crypto';
import './events';
import './fs';
import './net';
import './capture/originals';
import './os';
import './path';
import './url';
import './util';
import './v8';
import './worker-threads';

export { CAPTURED } from './capture/captured';
