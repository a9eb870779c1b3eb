require('./ends/tests')();
