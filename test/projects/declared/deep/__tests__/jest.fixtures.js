fixture('where', 'nested');
