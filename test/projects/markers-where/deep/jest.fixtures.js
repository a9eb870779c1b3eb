const { logged } = require('../../log');
fixture('deep', logged('deep'));
mark.useFixtures('deep');
mark.catchLoopExceptions(false);
