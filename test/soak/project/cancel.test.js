require('./soak')(__filename);
