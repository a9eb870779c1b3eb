test.describe.configure({ mode: 'serial' });
