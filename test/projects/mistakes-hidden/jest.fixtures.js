fixture('pool', { scope: 'worker' }, ({ address }) => address);
fixture('server', { scope: 'worker' }, (_, request) => request.get('address'));
fixture('client', { scope: 'worker' }, ({ options }) => options);
