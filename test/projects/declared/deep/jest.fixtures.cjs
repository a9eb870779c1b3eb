fixture('where', 'deep');
fixture('chain', ({ chain }) => [...chain, 'deep']);
