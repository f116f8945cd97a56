import { telephoneInput } from './telephone-input.tsx';

/** The settings of those it has under which it does best here. With the calling code apart, a + opens a dialog. */
export default telephoneInput({
  strictMode: true,
  usePreciseValidation: true,
  allowedNumberTypes: ['MOBILE'],
  separateDialCode: false,
});
