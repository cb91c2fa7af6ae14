/** All components that deferred.ts loads after the first picture, in one chunk. */

export { Inspector } from '../panels/inspector/Inspector.tsx';
export { Plan } from '../panels/plan/Plan.tsx';
export { About } from '../panels/sheets/About.tsx';
export { Balance } from '../panels/sheets/Balance.tsx';
export { Help } from '../panels/sheets/Help.tsx';
export { Quarantine } from '../panels/sheets/Quarantine.tsx';
export { Kiosk } from './Kiosk.tsx';
export { Tour } from './Tour.tsx';
