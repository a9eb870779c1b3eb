import { type Fixtures, fixture } from 'jest-loop';

// In this directory somebody is logged in: `api`, declared further out, signs its requests with this user.
fixture('user', ({ store }: Fixtures) => store.addUser('ada'));
