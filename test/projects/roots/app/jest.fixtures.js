fixture('where', 'app');
