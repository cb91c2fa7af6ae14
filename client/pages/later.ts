/** All that pieces.ts loads after the first picture, in one file. */
export { About } from '../panels/About.tsx';
export { Balance } from '../panels/Balance.tsx';
export { Help } from '../panels/Help.tsx';
export { Inspector } from '../panels/inspector/Inspector.tsx';
export { Plan } from '../panels/Plan.tsx';
export { Quarantine } from '../panels/Quarantine.tsx';
export { Kiosk } from './Kiosk.tsx';
export { Tour } from './Tour.tsx';
