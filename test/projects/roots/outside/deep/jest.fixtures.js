fixture('where', ({ where }) => `${where}, deep`);
fixture('shared', { scope: 'directory' }, (_, { path }) => path.split(/[\\/]/).slice(-2));
