const { told } = require('../log');
fixture('everywhere', told('everywhere'));
mark.useFixtures('everywhere');
mark.loopScope('file');
