import { type Fixtures, fixture } from 'jest-loop';

// In this directory a user is logged in: `api`, declared further out, sends this user's token.
fixture('user', ({ store }: Fixtures) => store.addUser('ada'));
