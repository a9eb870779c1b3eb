// A setup file of demo.js alone: notes which processes the test files run in.
const fs = require('node:fs');
const path = require('node:path');

fs.writeFileSync(path.join(process.env.DEMO_PROCESSES, `${process.pid}`), '');
