mark.loopScope('module');
