fixture('where', 'outside');
