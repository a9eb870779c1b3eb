const { log } = require('../log');

test('the whole run lacks it', ({ no_session }) => log('never'));
test('the directory lacks it', ({ no_directory }) => log('never'));
test('the worker may know already', ({ no_worker }) => log('never'));
