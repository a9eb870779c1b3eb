/** @jest-loop {"leftovers": "adopt"} */
require('./body')();
