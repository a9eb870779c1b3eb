const { logged } = require('../log');
fixture('everywhere', logged('everywhere'));
mark.useFixtures('everywhere');
mark.loopScope('file');
