import { fixture } from 'jest-loop';
import { logged } from '../wide-log';

fixture('base', { scope: 'directory' }, logged('base'));
