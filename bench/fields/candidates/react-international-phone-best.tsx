import { internationalPhone } from './international-phone.tsx';

/** The settings of those it has under which it does best here: no other code can be typed behind a prefilled one. */
export default internationalPhone({ disableDialCodePrefill: true, onlyMobile: true });
