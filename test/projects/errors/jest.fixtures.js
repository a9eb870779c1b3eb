const { rejectsWhenAsked } = require('./rejects-when-asked');

fixture('ofWorker', { scope: 'worker' }, rejectsWhenAsked);
