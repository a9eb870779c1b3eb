/** @jest-loop {"leftovers": "fail"} */
require('./body')();
