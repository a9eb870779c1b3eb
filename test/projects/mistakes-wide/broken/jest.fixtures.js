if (require('node:util').inspect instanceof Function) throw new TypeError('document is not defined');
fixture('page', { scope: 'directory' }, () => 1);
