mark.loopScope('file');
