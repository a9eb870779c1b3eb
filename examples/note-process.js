// A setup file for demo.js: records the processes that test files run in.
const fs = require('node:fs');
const path = require('node:path');

fs.writeFileSync(path.join(process.env.DEMO_PROCESSES, `${process.pid}`), '');
