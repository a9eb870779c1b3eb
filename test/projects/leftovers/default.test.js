require('./body')();
