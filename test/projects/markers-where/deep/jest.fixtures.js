const { told } = require('../../log');
fixture('deep', told('deep'));
mark.useFixtures('deep');
mark.catchLoopExceptions(false);
