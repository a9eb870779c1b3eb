/** @jest-loop {"leftovers": "fail"} */
require('./soak')(__filename);
