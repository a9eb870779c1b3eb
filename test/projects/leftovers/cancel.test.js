/** @jest-loop {"leftovers": "cancel"} */
require('./body')();
