import { fixture } from 'jest-loop';
import { told } from '../wide-log';

fixture('base', { scope: 'directory' }, told('base'));
